import { type Insertable, type Selectable, sql } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import type { ChannelTable } from '../schema/collections.ts'

export type ChannelRow = Selectable<ChannelTable>

const byId = prepared((db, p: Parameters<{ id: string }>) =>
  db.selectFrom('channel').selectAll().where('id', '=', p.id),
)

export const channelById = async (db: Db, id: string): Promise<ChannelRow | undefined> => (await byId(db, { id }))[0]

/** Channels by id, in no order. */
export async function channelsByIds(db: Db, ids: readonly string[]): Promise<ChannelRow[]> {
  if (ids.length === 0) return []
  return db.selectFrom('channel').selectAll().where('id', 'in', ids).execute()
}

const pageOf = (db: Db, page: Page) =>
  db
    .selectFrom('channel')
    .selectAll('channel')
    .where('channel.id', '>', page.since ?? '')
    .where('channel.id', '<', page.until ?? '~')
    .orderBy('channel.id', page.order)
    .limit(page.limit)

/** One page of the channels a person has made and not put away. */
export const ownedChannels = (db: Db, userId: string, page: Page): Promise<ChannelRow[]> =>
  pageOf(db, page).where('userId', '=', userId).where('isArchived', '=', false).execute()

/** One page of the channels a person follows, by the ids of the channels: clients know no others. */
export const followedChannels = (db: Db, userId: string, page: Page): Promise<ChannelRow[]> =>
  db
    .selectFrom('channelFollowing')
    .innerJoin('channel', 'channel.id', 'channelFollowing.channelId')
    .selectAll('channel')
    .where('channelFollowing.userId', '=', userId)
    .where('channelFollowing.channelId', '>', page.since ?? '')
    .where('channelFollowing.channelId', '<', page.until ?? '~')
    .orderBy('channelFollowing.channelId', page.order)
    .limit(page.limit)
    .execute()

/** A person's favourite channels, the latest favourite first. */
export const favoriteChannels = (db: Db, userId: string): Promise<ChannelRow[]> =>
  db
    .selectFrom('channelFavorite')
    .innerJoin('channel', 'channel.id', 'channelFavorite.channelId')
    .selectAll('channel')
    .where('channelFavorite.userId', '=', userId)
    .orderBy('channelFavorite.id', 'desc')
    .execute()

/** The channels where somebody posted last. */
export const liveliestChannels = (db: Db, limit: number): Promise<ChannelRow[]> =>
  db
    .selectFrom('channel')
    .selectAll()
    .where('lastNotedAt', 'is not', null)
    .where(sql<boolean>`not "isArchived"`)
    .orderBy('lastNotedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** No channel says so much, and SQLite refuses patterns of more than 50,000 bytes. */
const LONGEST_QUERY = 10_000

/**
 * One page of the channels whose name, or name or description, has these words in it. Reads channels one after another:
 * people make few.
 * @param query folded
 */
export async function searchedChannels(
  db: Db,
  query: string,
  { nameOnly }: { nameOnly: boolean },
  page: Page,
): Promise<ChannelRow[]> {
  if (query.length > LONGEST_QUERY) return []
  const pattern = `%${query.replace(/[\\%_]/g, '\\$&')}%`
  const isLike = (column: string) => sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`
  const name = isLike('foldedName')
  return pageOf(db, page)
    .where('isArchived', '=', false)
    .where((row) => (nameOnly ? name : row.or([name, isLike('foldedDescription')])))
    .execute()
}

export async function insertChannel(tx: Db, channel: Insertable<ChannelTable>): Promise<void> {
  await tx.insertInto('channel').values(channel).execute()
}

/** What of a channel may be changed. */
export type ChannelChanges = Partial<
  Pick<
    Insertable<ChannelTable>,
    | 'name'
    | 'description'
    | 'foldedName'
    | 'foldedDescription'
    | 'color'
    | 'isArchived'
    | 'isSensitive'
    | 'allowRenoteToExternal'
    | 'pinnedNoteIds'
    | 'bannerId'
  >
>

export async function updateChannel(tx: Db, id: string, changes: ChannelChanges): Promise<void> {
  if (Object.keys(changes).length > 0) await tx.updateTable('channel').set(changes).where('id', '=', id).execute()
}

type InChannel = { id: string; noteId: string; userId: string }

/** 1 when a person has no other note in the channel, else 0. */
const hasNoOther = (p: Parameters<InChannel>) => sql<number>`case when exists (select 1 from "note"
  where "channelId" = "channel"."id" and "userId" = ${p.userId} and "note"."id" <> ${p.noteId}) then 0 else 1 end`

const add = prepared((db, p: Parameters<InChannel & { now: number }>) =>
  db
    .updateTable('channel')
    .set((row) => ({
      notesCount: row('notesCount', '+', 1),
      lastNotedAt: p.now,
      usersCount: row('usersCount', '+', hasNoOther(p)),
    }))
    .where('id', '=', p.id),
)
const remove = prepared((db, p: Parameters<InChannel>) =>
  db
    .updateTable('channel')
    .set((row) => ({
      notesCount: row('notesCount', '-', 1),
      usersCount: row('usersCount', '-', hasNoOther(p)),
    }))
    .where('id', '=', p.id),
)

/** Counts a new note in its channel, and its author when it is their first there. */
export async function countInChannel(tx: Db, id: string, noteId: string, userId: string, now: number): Promise<void> {
  await add(tx, { id, noteId, userId, now })
}

/** Counts a note that was deleted out of its channel, and its author when it was their last there. */
export async function countOutOfChannel(tx: Db, id: string, noteId: string, userId: string): Promise<void> {
  await remove(tx, { id, noteId, userId })
}
