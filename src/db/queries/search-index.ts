import { gramsOf, normalise } from '../../lib/grams.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import { entryWriter, noteIndex, tidy, userIndex } from './gram-index.ts'

/** Notes, or people, that are put into the index in one transaction: some milliseconds. */
const CHUNK = 64
/** Characters that are, if they come before that. */
const CHUNK_LENGTH = 10_000

const cursor = prepared((db, _: Parameters<object>) => db.selectFrom('searchCursor').select('noteId'))

/** The note up to which all are in the index; empty for none. */
export const indexedUpTo = async (db: Db): Promise<string> => (await cursor(db, {}))[0]?.noteId ?? ''

const after = prepared((db, p: Parameters<{ noteId: string; limit: number }>) =>
  db.selectFrom('note').select(['id', 'text', 'cw']).where('id', '>', p.noteId).orderBy('id').limit(p.limit),
)

/** Some notes that are to be put into the index together. */
export interface Chunk {
  /** How far the index had come. */
  after: string
  upTo: string
  entries: { id: string; grams: number[] }[]
}

/**
 * The next notes for the index, read outside the transaction that puts them there.
 * @returns null while there are fewer than make it worth while: until there are, searches read them as they are
 */
export async function nextChunk(db: Db): Promise<Chunk | null> {
  const from = await indexedUpTo(db)
  const notes = await after(db, { noteId: from, limit: CHUNK })
  let length = 0
  let count = 0
  while (count < notes.length && length < CHUNK_LENGTH) {
    const { text, cw } = notes[count++]!
    length += (text?.length ?? 0) + (cw?.length ?? 0)
  }
  if (count < CHUNK && length < CHUNK_LENGTH) return null
  const some = notes.slice(0, count)
  const entries = some.flatMap(({ id, text, cw }) => {
    const grams = gramsOf(...[text, cw].filter((said) => said !== null).map(normalise))
    return grams.length > 0 ? [{ id, grams }] : []
  })
  return { after: from, upTo: some.at(-1)!.id, entries }
}

const advance = prepared((db, p: Parameters<{ after: string; upTo: string }>) =>
  db.updateTable('searchCursor').set({ noteId: p.upTo }).where('noteId', '=', p.after).returning('noteId'),
)
const idsBetween = prepared((db, p: Parameters<{ after: string; upTo: string }>) =>
  db.selectFrom('note').select('id').where('id', '>', p.after).where('id', '<=', p.upTo),
)
const putNote = entryWriter(noteIndex, { isNew: true })

/** Puts a chunk into the index, without the notes that have gone since; false when another process has done so. */
export async function indexChunk(tx: Db, chunk: Chunk): Promise<boolean> {
  if ((await advance(tx, chunk)).length === 0) return false
  const existing = new Set((await idsBetween(tx, chunk)).map(({ id }) => id))
  for (const { id, grams } of chunk.entries) if (existing.has(id)) await putNote(tx, id, grams)
  await tidy(tx, noteIndex)
  return true
}

const putUser = entryWriter(userIndex, { isNew: false })

const queue = prepared((db, _: Parameters<object>) => db.selectFrom('searchUserQueue').select('userId').limit(1))

/** Whether there are people who are new or have changed. */
export const isAnyoneQueued = async (db: Db): Promise<boolean> => (await queue(db, {})).length > 0

/** Puts people who are new or have changed into the index, some at a time. */
export async function indexPeople(tx: Db): Promise<void> {
  const queued = await tx
    .deleteFrom('searchUserQueue')
    .where('userId', 'in', (query) =>
      query.selectFrom('searchUserQueue').select('userId').orderBy('userId').limit(CHUNK),
    )
    .returning('userId')
    .execute()
  if (queued.length === 0) return
  const people = await tx
    .selectFrom('user')
    .select(['id', 'username', 'name', 'description'])
    .where(
      'id',
      'in',
      queued.map(({ userId }) => userId),
    )
    .orderBy('id')
    .execute()
  for (const { id, username, name, description } of people) {
    await putUser(tx, id, gramsOf(...[username, name ?? '', description ?? ''].map(normalise)))
  }
  await tidy(tx, userIndex)
}
