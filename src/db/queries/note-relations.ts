import { isWithheld, narrowed } from '../../lib/author-wishes.ts'
import { maySee, type Relation } from '../../lib/visibility.ts'
import type { Db } from '../database.ts'
import { followingsTo } from './following.ts'
import { addresseesOf, type NoteRow, notesByIds } from './notes.ts'
import { usersByIds } from './users.ts'

type Concerned = Pick<NoteRow, 'id' | 'userId' | 'visibility' | 'replyUserId'>

const nobody: ReadonlySet<Relation> = new Set()

/**
 * Which of these notes a viewer may see, the rendering of the table of cases for single notes. Asks the database only
 * about those whose visibility leaves a question.
 * @param viewer null for an anonymous one
 */
export async function visibleAmong(db: Db, viewer: string | null, notes: readonly Concerned[]): Promise<Set<string>> {
  if (viewer === null) return new Set(notes.filter((note) => maySee(note.visibility, nobody)).map(({ id }) => id))
  const open = notes.filter((note) => note.userId !== viewer && !maySee(note.visibility, nobody))
  const authors = [...new Set(open.map(({ userId }) => userId))]
  const followed = new Set((await followingsTo(db, viewer, authors)).map(({ followeeId }) => followeeId))
  const rows = await addresseesOf(
    db,
    viewer,
    open.map(({ id }) => id),
  )
  const addressed = new Map(rows.map((row) => [row.noteId, row]))
  const isVisible = (note: Concerned): boolean => {
    const relations = new Set<Relation>()
    if (note.userId === viewer) relations.add('author')
    if (note.replyUserId === viewer) relations.add('replyTarget')
    if (followed.has(note.userId)) relations.add('follower')
    const row = addressed.get(note.id)
    if (row?.isMentioned) relations.add('mentioned')
    if (row?.isRecipient) relations.add('recipient')
    return maySee(note.visibility, relations)
  }
  return new Set(notes.filter(isVisible).map(({ id }) => id))
}

/**
 * Which of these notes a viewer may read, after what their authors wish for them too.
 * @param viewer null for an anonymous one
 */
async function readableAmong(db: Db, viewer: string | null, notes: readonly Concerned[]): Promise<Set<string>> {
  const people = await usersByIds(db, [...new Set(notes.map(({ userId }) => userId))])
  const authors = new Map(people.map((row) => [row.id, row]))
  const now = Date.now()
  const offered = notes.flatMap((note) => {
    const author = authors.get(note.userId)
    return author && !isWithheld(note, author, viewer, now) ? narrowed(note, author, now) : []
  })
  return visibleAmong(db, viewer, offered)
}

/** Whether a viewer may read a note; null for an anonymous one. */
export const maySeeNote = async (db: Db, viewer: string | null, note: Concerned): Promise<boolean> =>
  (await readableAmong(db, viewer, [note])).has(note.id)

/**
 * Those of some notes that a search may find by what they say: a note that its author withholds would be told word by
 * word by what finds it.
 */
export async function searchableAmong(db: Db, viewer: string | null, ids: readonly string[]): Promise<Set<string>> {
  return ids.length === 0 ? new Set() : readableAmong(db, viewer, await notesByIds(db, [...ids]))
}
