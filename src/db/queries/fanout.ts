import { type Expression, sql } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared, preparedList } from '../prepared.ts'
import { holdBackNotes } from './notes.ts'

/** Rows of a reader's home timeline that are kept; what is older is read from the notes. */
const KEPT = 1000
/** How many notes a reader gets, more or less, between two times that room is made. */
const ROOM_EVERY = 256
/** Notes of an author or a channel that somebody who begins to follow finds in their home timeline at once. */
const FILLED = 300
/** Readers who get a note within the transaction that makes it; if there are more, all get it soon after. */
const AT_ONCE = 100

/** A note on its way: to the followers of its author or, in a channel, of the channel. */
export interface Outgoing {
  noteId: string
  userId: string
  channelId: string | null
}

type Range = Outgoing & { after: string; limit: number }

const followers = prepared((db, p: Parameters<Range>) =>
  db
    .selectFrom('following')
    .select(['id', 'followerId as readerId'])
    .where('followeeId', '=', p.userId)
    .where('id', '>', p.after)
    .orderBy('id')
    .limit(p.limit),
)
const channelFollowers = prepared((db, p: Parameters<Range>) =>
  db
    .selectFrom('channelFollowing')
    .select(['id', 'userId as readerId'])
    .where('channelId', '=', p.channelId)
    .where('id', '>', p.after)
    .orderBy('id')
    .limit(p.limit),
)

/** The readers of a note after a follow, in the order in which they began to follow. */
const readersOf = (db: Db, note: Outgoing, after: string, limit: number) =>
  (note.channelId === null ? followers : channelFollowers)(db, { ...note, after, limit })

const addRows = preparedList((db, readers: Expression<string>[], p: Parameters<{ noteId: string }>) =>
  db
    .insertInto('home')
    .values(readers.map((readerId) => ({ readerId, noteId: p.noteId })))
    .onConflict((conflict) => conflict.doNothing()),
)

/** Puts a note into the home timelines of these readers, and now and then makes room there. */
async function addToHomes(tx: Db, noteId: string, readers: readonly string[]): Promise<void> {
  await addRows(tx, readers, { noteId })
  for (const readerId of readers) if (Math.random() < 1 / ROOM_EVERY) await makeRoom(tx, readerId)
}

/**
 * Sends a new note to its author and its readers, or notes that it has to be sent when there are many.
 * @param recipients the only ones who get it, for a direct note
 * @returns whether there is more to do
 */
export async function sendOut(tx: Db, note: Outgoing, recipients: readonly string[] | null): Promise<boolean> {
  const found = recipients ? [] : await readersOf(tx, note, '', AT_ONCE + 1)
  const isMuch = found.length > AT_ONCE
  const readers = isMuch ? [] : (recipients ?? found.map(({ readerId }) => readerId))
  await addToHomes(tx, note.noteId, [...new Set([note.userId, ...readers])])
  if (isMuch) await tx.insertInto('fanout').values(note).execute()
  return isMuch
}

const anyOnTheWay = prepared((db, _: Parameters<object>) => db.selectFrom('fanout').select('noteId').limit(1))

/** Whether there is any note on its way to many. */
export const isAnyOnTheWay = async (db: Db): Promise<boolean> => (await anyOnTheWay(db, {})).length > 0

/** Takes a note that is on its way to many, so that no other process works on it until `until`; undefined for none. */
export const takeFanout = (tx: Db, now: number, until: number) =>
  tx
    .updateTable('fanout')
    .set({ takenUntil: until })
    .where('noteId', '=', (row) =>
      row.selectFrom('fanout').select('noteId').where('takenUntil', '<=', now).orderBy('noteId').limit(1),
    )
    .where('takenUntil', '<=', now)
    .returningAll()
    .executeTakeFirst()

/**
 * Sends such a note to the next `limit` readers.
 * @returns the follow it has come to; null when everybody has it, or it is gone
 */
export async function sendOn(tx: Db, note: Outgoing, after: string, limit: number, until: number) {
  const found = await readersOf(tx, note, after, limit)
  const last = found.length < limit ? null : (found.at(-1)?.id ?? null)
  // First, for it says whether the note is still there, and keeps it from being deleted meanwhile.
  const isThere =
    last === null
      ? await tx.deleteFrom('fanout').where('noteId', '=', note.noteId).returning('noteId').executeTakeFirst()
      : await tx
          .updateTable('fanout')
          .set({ after: last, takenUntil: until })
          .where('noteId', '=', note.noteId)
          .returning('noteId')
          .executeTakeFirst()
  if (!isThere) return null
  await addToHomes(
    tx,
    note.noteId,
    found.map(({ readerId }) => readerId),
  )
  return last
}

/** Which notes somebody who begins to follow wants to find: of a person, outside channels, or of a channel. */
type Followed = { userId: string } | { channelId: string }

/** Puts the latest notes of what a reader has begun to follow into their home timeline. */
export async function fillHome(tx: Db, readerId: string, followed: Followed): Promise<void> {
  await holdBackNotes(tx)
  const floor = await floorOf(tx, readerId)
  const theirs =
    'userId' in followed
      ? sql<boolean>`"userId" = ${followed.userId} and "channelId" is null`
      : sql<boolean>`"channelId" = ${followed.channelId}`
  const latest = tx.selectFrom('note').where(theirs).where('id', '>', floor).orderBy('id', 'desc')
  await tx
    .insertInto('home')
    .columns(['readerId', 'noteId'])
    .expression(latest.select([sql<string>`${readerId}`.as('readerId'), 'id']).limit(FILLED))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const tooOld = await latest.select('id').limit(1).offset(FILLED).executeTakeFirst()
  if (tooOld) await raiseFloor(tx, readerId, tooOld.id)
}

const readFloor = prepared((db, p: Parameters<{ readerId: string }>) =>
  db.selectFrom('homeFloor').select('noteId').where('readerId', '=', p.readerId),
)

/** The note above which a reader's rows are complete; empty when they are from the beginning. */
const floorOf = async (db: Db, readerId: string): Promise<string> =>
  (await readFloor(db, { readerId }))[0]?.noteId ?? ''

const beyond = prepared((db, p: Parameters<{ readerId: string; kept: number }>) =>
  db
    .selectFrom('home')
    .select('noteId')
    .where('readerId', '=', p.readerId)
    .orderBy('noteId', 'desc')
    .limit(1)
    .offset(p.kept),
)

async function makeRoom(tx: Db, readerId: string): Promise<void> {
  const [row] = await beyond(tx, { readerId, kept: KEPT })
  if (row) await raiseFloor(tx, readerId, row.noteId)
}

/** Drops a reader's rows up to a note, from where on they are read from the notes. */
async function raiseFloor(tx: Db, readerId: string, noteId: string): Promise<void> {
  await tx.deleteFrom('home').where('readerId', '=', readerId).where('noteId', '<=', noteId).execute()
  await tx
    .insertInto('homeFloor')
    .values({ readerId, noteId })
    .onConflict((conflict) =>
      conflict.column('readerId').doUpdateSet({ noteId }).where('homeFloor.noteId', '<', noteId),
    )
    .execute()
}
