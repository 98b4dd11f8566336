import { type Expression, type Selectable, sql } from 'kysely'
import type { Ids } from '../../lib/id.ts'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { isPostgres } from '../is-postgres.ts'
import { type Parameters, prepared } from '../prepared.ts'
import type { NotificationTable } from '../schema/server.ts'
import { takeTurns } from './turns.ts'

/** Notifications kept for each person. */
export const KEPT_NOTIFICATIONS = 500

export type NotificationRow = Omit<Selectable<NotificationTable>, 'userId'> & {
  /** What the note renotes, by which renotes of the same note are told together. */
  renoteId: string | null
}

/**
 * Sees to it that the ids taken next are, for each of these people, in the order of commits: what a person has read up to
 * an id would else take along what comes before it and is there later. SQLite has one writer.
 */
export async function orderNotifications(tx: Db, ids: Ids, userIds: readonly string[]): Promise<void> {
  if (!isPostgres(tx)) return
  await takeTurns(
    tx,
    userIds.map((id) => `notifications ${id}`),
  )
  const { latest } = await tx
    .selectFrom('notification')
    .select((row) => row.fn.max('id').as('latest'))
    .where('userId', 'in', userIds)
    .executeTakeFirstOrThrow()
  ids.after(latest ?? '')
}

type NewNotification = Omit<Selectable<NotificationTable>, 'data'> & { data: string | null }

export async function insertNotifications(tx: Db, rows: readonly NewNotification[]): Promise<void> {
  await tx.insertInto('notification').values(rows).execute()
}

/** Drops what is too old to be kept of a person's notifications. */
export async function trimNotifications(tx: Db, userId: string): Promise<void> {
  const newest = tx.selectFrom('notification').select('id').where('userId', '=', userId).orderBy('id', 'desc')
  await tx
    .deleteFrom('notification')
    .where('userId', '=', userId)
    .where('id', '<=', newest.limit(1).offset(KEPT_NOTIFICATIONS))
    .execute()
}

/**
 * A condition on rows of "notification" that every list has: the notifier is neither suspended nor gone nor muted, and a
 * follow request still waits.
 */
const isShown = (viewer: Expression<string>, now: Expression<number>): Expression<boolean> => sql`(
  ("notification"."notifierId" is null or (
    exists (select 1 from "user" where "user"."id" = "notification"."notifierId"
      and not "user"."isSuspended" and not "user"."isDeleted")
    and "notification"."notifierId" not in (select "muteeId" from "muting"
      where "muterId" = ${viewer} and ("expiresAt" is null or "expiresAt" > ${now}))))
  and ("notification"."type" <> 'receiveFollowRequest' or exists (select 1 from "followRequest"
    where "followerId" = "notification"."notifierId" and "followeeId" = ${viewer})))`

const columns = ['id', 'type', 'notifierId', 'noteId', 'roleId', 'data'] as const

const withRenote = (db: Db) =>
  db
    .selectFrom('notification')
    .leftJoin('note', 'note.id', 'notification.noteId')
    .select(columns.map((name) => `notification.${name}` as const))
    .select('note.renoteId')

/** Room for every type there is: a list asked for fewer fills the rest with nothing. */
const SLOTS = 24

type Slots = Record<`type${number}`, string>
interface Asked {
  viewer: string
  since: string
  until: string
  limit: number
  now: number
}

const pageIn = (order: 'asc' | 'desc') =>
  prepared((db, p: Parameters<Asked & Slots>) =>
    withRenote(db)
      .where('notification.userId', '=', p.viewer)
      .where('notification.id', '>', p.since)
      .where('notification.id', '<', p.until)
      .where(
        'notification.type',
        'in',
        Array.from({ length: SLOTS }, (_, slot) => p[`type${slot}`]!),
      )
      .where(isShown(p.viewer, p.now))
      .orderBy('notification.id', order)
      .limit(p.limit),
  )
const pages = { asc: pageIn('asc'), desc: pageIn('desc') }

/** A page of a person's notifications of these types. Pages are full as long as there is more. */
export async function notificationPage(
  db: Db,
  userId: string,
  types: readonly string[],
  { since, until, order, limit }: Page,
): Promise<NotificationRow[]> {
  if (types.length > SLOTS) throw new RangeError('There are more types of notifications than slots')
  const slots = Object.fromEntries(Array.from({ length: SLOTS }, (_, slot) => [`type${slot}`, types[slot] ?? '']))
  const asked = { viewer: userId, since: since ?? '', until: until ?? '~', limit, now: Date.now() }
  return pages[order](db, { ...slots, ...asked })
}

/** One notification of a person, undefined when it is gone or not to be shown. */
export const notificationById = async (db: Db, userId: string, id: string): Promise<NotificationRow | undefined> =>
  (await byId(db, { viewer: userId, id, now: Date.now() }))[0]

const byId = prepared((db, p: Parameters<{ viewer: string; id: string; now: number }>) =>
  withRenote(db)
    .where('notification.id', '=', p.id)
    .where('notification.userId', '=', p.viewer)
    .where(isShown(p.viewer, p.now)),
)

const unread = prepared((db, p: Parameters<{ viewer: string; read: string; now: number; most: number }>) =>
  db
    .selectFrom((from) =>
      from
        .selectFrom('notification')
        .select('id')
        .where('userId', '=', p.viewer)
        .where('id', '>', p.read)
        .where(isShown(p.viewer, p.now))
        .limit(p.most)
        .as('unread'),
    )
    .select((row) => row.fn.countAll<number>().as('count')),
)

/** How many notifications a person has above the one up to which they are read. */
export async function countUnread(db: Db, userId: string, readId: string): Promise<number> {
  const [row] = await unread(db, { viewer: userId, read: readId, now: Date.now(), most: KEPT_NOTIFICATIONS })
  return Number(row?.count ?? 0)
}

const newestUnread = prepared((db, p: Parameters<{ userId: string }>) =>
  db
    .selectFrom('notification')
    .innerJoin('account', 'account.userId', 'notification.userId')
    .select('notification.id')
    .where('notification.userId', '=', p.userId)
    .whereRef('notification.id', '>', 'account.readNotificationId')
    .orderBy('notification.id', 'desc')
    .limit(1),
)

/** The newest notification a person has not read, undefined for none. */
export const newestUnreadOf = async (db: Db, userId: string): Promise<string | undefined> =>
  (await newestUnread(db, { userId }))[0]?.id

/** Notes that a person has read everything up to a notification; false when they had already. */
export async function markReadUpTo(tx: Db, userId: string, id: string): Promise<boolean> {
  const row = await tx
    .updateTable('account')
    .set({ readNotificationId: id })
    .where('userId', '=', userId)
    .where('readNotificationId', '<', id)
    .returning('userId')
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteNotifications(tx: Db, userId: string): Promise<void> {
  await tx.deleteFrom('notification').where('userId', '=', userId).execute()
}
