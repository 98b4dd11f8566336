import type { Ctx } from '../context.ts'
import type { AfterCommit, Db } from '../db/database.ts'
import { listsWith, notificationRecipients, type Recipient } from '../db/queries/notification-recipients.ts'
import { insertNotifications, orderNotifications, trimNotifications } from '../db/queries/notifications.ts'
import { toJson } from '../db/schema/json.ts'
import { pushLater } from './push-later.ts'

/** What people are told of. */
export interface Occasion {
  /** Who did it; nobody is told of what they did themselves. */
  notifierId?: string
  noteId?: string
  /** The role somebody was given. */
  roleId?: string
}

/** What one of them is told. */
export interface Told {
  userId: string
  type: string
  /** What more there is to say, by type. */
  data?: Record<string, unknown>
}

/** Something to tell a person. */
export type Notice = Occasion & Told

/** Tells a person something, in the transaction in which it happens, unless they do not want to hear it. */
export const notify = (ctx: Ctx, tx: Db, afterCommit: AfterCommit, notice: Notice): Promise<void> =>
  notifyAll(ctx, tx, afterCommit, notice, [notice])

/** Types that a person is spared in conversations they have muted. */
const ofThreads = new Set(['mention', 'reply'])

/** Tells several people of the same, in as many statements as one of them. */
export async function notifyAll(
  ctx: Ctx,
  tx: Db,
  afterCommit: AfterCommit,
  { notifierId, noteId, roleId }: Occasion,
  told: readonly Told[],
): Promise<void> {
  const others = told.filter(({ userId }) => userId !== notifierId)
  if (others.length === 0) return
  const userIds = [...new Set(others.map(({ userId }) => userId))]
  const people = await notificationRecipients(tx, userIds, { notifierId: notifierId ?? '', noteId: noteId ?? '' })
  const recipients = new Map(people.map((person) => [person.id, person]))
  const inList = notifierId === undefined ? new Set<string>() : await listsWith(tx, notifierId, listsAsked(people))
  const heard = others.filter(({ userId, type }) => {
    const person = recipients.get(userId)
    if (!person || (person.hasMutedThread === 1 && ofThreads.has(type))) return false
    return wants(person, type, notifierId !== undefined, inList)
  })
  if (heard.length === 0) return
  await orderNotifications(tx, ctx.ids, [...new Set(heard.map(({ userId }) => userId))])
  const rows = heard.map(({ userId, type, data }) => ({
    ...{ id: ctx.ids.next(), userId, type },
    ...{ notifierId: notifierId ?? null, noteId: noteId ?? null, roleId: roleId ?? null },
    data: data ? toJson(data) : null,
  }))
  await insertNotifications(tx, rows)
  const pushed = rows.filter(({ userId }) => recipients.get(userId)?.takesPush === 1)
  if (pushed.length > 0) await pushLater(ctx, tx, afterCommit, pushed)
  for (const { id, userId } of rows) {
    if (Math.random() < 1 / 64) await trimNotifications(tx, userId)
    afterCommit(() => ctx.bus.publish({ type: 'notification', id, userId }))
  }
}

/** The lists from whose members somebody wants to hear. */
const listsAsked = (people: readonly Recipient[]) =>
  people.flatMap(({ id, config }) =>
    Object.values(config).flatMap(({ userListId }) => (userListId ? [{ listId: userListId, ownerId: id }] : [])),
  )

/** Whether a person wants to hear of this type from whoever did it; what nobody did is unwanted only as a whole. */
function wants(person: Recipient, type: string, isFromSomebody: boolean, inList: ReadonlySet<string>): boolean {
  const from = person.config[type]
  if (from?.type === 'never') return false
  if (!from || !isFromSomebody) return true
  const isFollowing = person.isFollowing === 1
  const isFollowed = person.isFollowed === 1
  switch (from.type) {
    case 'following':
      return isFollowing
    case 'follower':
      return isFollowed
    case 'mutualFollow':
      return isFollowing && isFollowed
    case 'followingOrFollower':
      return isFollowing || isFollowed
    case 'list':
      return inList.has(`${person.id} ${from.userListId}`)
    default:
      return true
  }
}
