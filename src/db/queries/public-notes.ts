import { sql } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { type Condition, noteList } from './note-lists.ts'
import { type NoteWishes, wishedFor } from './note-wishes.ts'
import { isPublic } from './timeline-conditions.ts'

const listOf = (...more: Condition[]) =>
  noteList<NoteWishes>((p) => [isPublic, sql`not "note"."localOnly"`, ...more, ...wishedFor(p)])

// Few notes have these, so that each has an index of its own; it serves where the condition stands as it is.
const withPoll = listOf(sql`"note"."hasPoll"`)
const withFiles = listOf(sql`"note"."hasFiles"`)
const all = listOf()

/** Notes that are for everyone, on other servers too, as an anonymous reader sees them. */
export const publicIds = (db: Db, wishes: NoteWishes, page: Page): Promise<string[]> =>
  (wishes.poll === 'yes' ? withPoll : wishes.files === 'yes' ? withFiles : all)(db, null, wishes, page)
