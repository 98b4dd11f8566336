import { type Expression, type Insertable, type Selectable, sql } from 'kysely'
import type { Ids } from '../../lib/id.ts'
import type { Db } from '../database.ts'
import { isPostgres } from '../is-postgres.ts'
import { type Parameters, prepared, preparedList } from '../prepared.ts'
import type { NoteTable } from '../schema/notes.ts'

export type NoteRow = Selectable<NoteTable>

const byId = prepared((db, p: Parameters<{ id: string }>) => db.selectFrom('note').selectAll().where('id', '=', p.id))

export const noteById = async (db: Db, id: string): Promise<NoteRow | undefined> => (await byId(db, { id }))[0]

/** Notes by id, in no order. */
export const notesByIds = (db: Db, ids: readonly string[]): Promise<NoteRow[]> => bySomeIds(db, ids, {})

const bySomeIds = preparedList((db, ids: Expression<string>[], _: Parameters<object>) =>
  db.selectFrom('note').selectAll().where('id', 'in', ids),
)

/** Ids of the latest renotes and quotes that a person has made of a note. */
export async function renotesBy(db: Db, userId: string, noteId: string, limit: number): Promise<string[]> {
  const theirs = db.selectFrom('note').select('id').where('renoteId', '=', noteId).where('userId', '=', userId)
  return (await theirs.orderBy('id', 'desc').limit(limit).execute()).map(({ id }) => id)
}

/** The id of the latest note, so that the next one sorts after it whatever the clock says. */
export const latestNoteId = async (db: Db): Promise<string | null> => (await latest(db, {}))[0]?.id ?? null

const latest = prepared((db, _: Parameters<object>) =>
  db.selectFrom('note').select('id').orderBy('id', 'desc').limit(1),
)

/**
 * A note's id, taken so that the order of ids is the order of commits: else a reader who asks for what came after the
 * last id it saw would miss a note. On a database with several writers this makes notes one after another, from here to
 * the end of the transaction, and goes on from the latest whatever this machine's clock says. SQLite has one writer.
 */
export async function takeNoteId(tx: Db, ids: Ids): Promise<string> {
  await holdBackNotes(tx)
  if (isPostgres(tx)) ids.after((await latestNoteId(tx)) ?? '')
  return ids.next()
}

/**
 * Waits for the notes that are being made, and lets no other be made until the end of the transaction: whoever begins to
 * follow and a note at once would otherwise not see each other. SQLite has one writer.
 */
export async function holdBackNotes(tx: Db): Promise<void> {
  if (isPostgres(tx)) await sql`select pg_advisory_xact_lock(${sql.lit(0x6e6f7465)})`.execute(tx)
}

/**
 * A note for this transaction alone: nobody else deletes it or begins to refer to it before the end, and who has begun to
 * is waited for.
 */
export const holdNote = (tx: Db, id: string): Promise<NoteRow | undefined> =>
  tx
    .selectFrom('note')
    .selectAll()
    .where('id', '=', id)
    .$if(isPostgres(tx), (query) => query.forUpdate())
    .executeTakeFirst()

export type NewNote = Required<
  Omit<Insertable<NoteTable>, 'repliesCount' | 'renoteCount' | 'clippedCount' | 'reactionCount'>
>

const insert = prepared((db, p: Parameters<NewNote>) =>
  db
    .insertInto('note')
    .values({
      id: p.id,
      userId: p.userId,
      visibility: p.visibility,
      text: p.text,
      cw: p.cw,
      localOnly: p.localOnly,
      reactionAcceptance: p.reactionAcceptance,
      replyId: p.replyId,
      replyUserId: p.replyUserId,
      renoteId: p.renoteId,
      renoteUserId: p.renoteUserId,
      renoteReplyUserId: p.renoteReplyUserId,
      renoteRenoteUserId: p.renoteRenoteUserId,
      channelId: p.channelId,
      threadId: p.threadId,
      isPureRenote: p.isPureRenote,
      tags: p.tags,
      mentions: p.mentions,
      visibleUserIds: p.visibleUserIds,
      fileIds: p.fileIds,
      hasFiles: p.hasFiles,
      hasPoll: p.hasPoll,
    })
    .returningAll(),
)

/** Adds a note; its row, counters and all. */
export async function insertNote(db: Db, note: NewNote): Promise<NoteRow> {
  return (await insert(db, note))[0]!
}

export async function insertAddressees(
  db: Db,
  addressees: { noteId: string; userId: string; isMentioned: boolean; isRecipient: boolean }[],
): Promise<void> {
  if (addressees.length > 0) await db.insertInto('noteAddressee').values(addressees).execute()
}

export async function insertPoll(
  db: Db,
  poll: { noteId: string; multiple: boolean; expiresAt: number | null },
  choices: readonly string[],
): Promise<void> {
  await db.insertInto('poll').values(poll).execute()
  await db
    .insertInto('pollChoice')
    .values(choices.map((text, position) => ({ noteId: poll.noteId, position, text })))
    .execute()
}

const count = prepared((db, p: Parameters<{ id: string; replies: number; renotes: number }>) =>
  db
    .updateTable('note')
    .set((row) => ({
      repliesCount: row('repliesCount', '+', p.replies),
      renoteCount: row('renoteCount', '+', p.renotes),
    }))
    .where('id', '=', p.id),
)

/** Adds to a note's counters; nothing happens when it is gone. */
export async function addToNoteCounters(db: Db, id: string, by: { replies?: number; renotes?: number }): Promise<void> {
  await count(db, { id, replies: by.replies ?? 0, renotes: by.renotes ?? 0 })
}

/** Deletes a note with all that hangs on it. */
export async function deleteNoteRow(tx: Db, id: string): Promise<void> {
  await tx.deleteFrom('note').where('id', '=', id).execute()
}

/** What one person is to each of these notes beside author and follower. */
export const addresseesOf = (db: Db, userId: string, noteIds: readonly string[]) => addressees(db, noteIds, { userId })

const addressees = preparedList((db, noteIds: Expression<string>[], p: Parameters<{ userId: string }>) =>
  db.selectFrom('noteAddressee').selectAll().where('userId', '=', p.userId).where('noteId', 'in', noteIds),
)

export async function pollsOf(db: Db, noteIds: readonly string[]) {
  if (noteIds.length === 0) return { polls: [], choices: [] }
  const polls = await db.selectFrom('poll').selectAll().where('noteId', 'in', noteIds).execute()
  const choices = await db
    .selectFrom('pollChoice')
    .selectAll()
    .where('noteId', 'in', noteIds)
    .orderBy('noteId')
    .orderBy('position')
    .execute()
  return { polls, choices }
}
