import { sql } from 'kysely'
import { mergedIds, type Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { type Condition, noteList, notesIn } from './note-lists.ts'
import { type NoteWishes, wishedFor } from './note-wishes.ts'

/** Hashtags that a note can be asked to have all at once. */
export const MAX_TAGS_TOGETHER = 8

/** One list for each number of hashtags. The first of them leads the way. */
const lists = Array.from({ length: MAX_TAGS_TOGETHER }, (_, others) =>
  noteList<NoteWishes & Record<`tag${number}`, string>>(
    (p) => [
      sql`"noteTag"."tag" = ${p.tag0}`,
      ...Array.from(
        { length: others },
        (_, index): Condition => sql`exists (select 1 from "noteTag" as "other"
          where "other"."tag" = ${p[`tag${index + 1}`]!} and "other"."noteId" = "note"."id")`,
      ),
      ...wishedFor(p),
    ],
    { source: notesIn('noteTag') },
  ),
)

/**
 * Notes with hashtags.
 * @param groups a note must have all hashtags of one of them; at most `MAX_TAGS_TOGETHER` each, normalised
 */
export async function taggedIds(
  db: Db,
  viewer: string | null,
  groups: readonly (readonly string[])[],
  wishes: NoteWishes,
  page: Page,
): Promise<string[]> {
  const found: string[][] = []
  for (const group of groups) {
    const tags = await rarestFirst(db, [...new Set(group)])
    const named = Object.fromEntries(tags.map((tag, index) => [`tag${index}`, tag]))
    found.push((await lists[tags.length - 1]?.(db, viewer, { ...wishes, ...named }, page)) ?? [])
  }
  return mergedIds(found, page)
}

/** The fewer notes the first hashtag has, the fewer are looked at; how many people use it tells nearly as much. */
async function rarestFirst(db: Db, tags: readonly string[]): Promise<readonly string[]> {
  if (tags.length === 1) return tags
  const rows = await db
    .selectFrom('hashtag')
    .select(['name', 'mentionedUsersCount'])
    .where('name', 'in', tags)
    .execute()
  const people = new Map(rows.map((row) => [row.name, row.mentionedUsersCount]))
  return tags.toSorted((one, other) => (people.get(one) ?? 0) - (people.get(other) ?? 0))
}
