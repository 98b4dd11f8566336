import type { Ctx } from '../context.ts'
import type { AfterCommit, Db } from '../db/database.ts'
import { enqueue, type NewJob } from '../db/queries/jobs.ts'

type Without<T> = T extends NewJob ? Omit<T, 'id' | 'runAt'> & { runAt?: number } : never

/**
 * Has work done after the transaction in which it is needed, by any process, whatever happens to this one.
 * @param job.runAt not before this moment, in milliseconds since 1970; at once when not given
 */
export async function later(ctx: Ctx, tx: Db, afterCommit: AfterCommit, job: Without<NewJob>): Promise<void> {
  await enqueue(tx, { runAt: Date.now(), ...job, id: ctx.ids.next() })
  afterCommit(() => ctx.bus.publish({ type: 'job' }))
}
