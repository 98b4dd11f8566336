import { isWithheld, narrowed } from '../../lib/author-wishes.ts'
import { maySee, type Relation } from '../../lib/visibility.ts'
import type { Db } from '../database.ts'
import { followingsTo } from './following.ts'
import { addresseesOf, type NoteRow } from './notes.ts'
import { userById } from './users.ts'

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
 * Whether a viewer may see a note, after what its author wishes for their notes too.
 * @param viewer null for an anonymous one
 */
export async function maySeeNote(db: Db, viewer: string | null, note: Concerned): Promise<boolean> {
  const author = await userById(db, note.userId)
  const now = Date.now()
  if (!author || isWithheld(note, author, viewer, now)) return false
  return (await visibleAmong(db, viewer, [narrowed(note, author, now)])).has(note.id)
}
