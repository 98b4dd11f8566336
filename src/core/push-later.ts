import type { Ctx } from '../context.ts'
import type { AfterCommit, Db } from '../db/database.ts'
import { enqueueAll } from '../db/queries/jobs.ts'
import { subscriptionsOf } from '../db/queries/push-subscriptions.ts'
import { SECOND } from '../lib/time.ts'

/** What is read in this time on another device need not be sent. */
const PATIENCE = 2 * SECOND

/** Has notifications sent to the devices of those they are for. */
export async function pushLater(
  ctx: Ctx,
  tx: Db,
  afterCommit: AfterCommit,
  notifications: readonly { id: string; userId: string; type: string }[],
): Promise<void> {
  const devices = await subscriptionsOf(tx, [...new Set(notifications.map(({ userId }) => userId))])
  const jobs = notifications.flatMap(({ id, userId, type }) =>
    devices
      .filter((device) => device.userId === userId)
      .map((device) => ({
        id: ctx.ids.next(),
        kind: 'push' as const,
        data: { subscriptionId: device.id, notificationId: id },
        runAt: Date.now() + (type === 'test' ? 0 : PATIENCE),
      })),
  )
  await enqueueAll(tx, jobs)
  if (jobs.length > 0) afterCommit(() => ctx.bus.publish({ type: 'job' }))
}

/** Has the devices of a person that want to know told that everything was read. */
export async function pushReadLater(ctx: Ctx, tx: Db, afterCommit: AfterCommit, userId: string): Promise<void> {
  const devices = (await subscriptionsOf(tx, [userId])).filter(({ sendReadMessage }) => sendReadMessage)
  const jobs = devices.map(({ id }) => ({
    id: ctx.ids.next(),
    kind: 'push' as const,
    data: { subscriptionId: id, notificationId: null },
    runAt: Date.now(),
  }))
  await enqueueAll(tx, jobs)
  if (jobs.length > 0) afterCommit(() => ctx.bus.publish({ type: 'job' }))
}
