import { type Selectable, sql } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import type { HashtagTable } from '../schema/notes.ts'

export type HashtagRow = Selectable<HashtagTable>

/** Files a note under its hashtags, normalised and each once. */
export async function insertNoteTags(tx: Db, noteId: string, tags: readonly string[]): Promise<void> {
  await tx
    .insertInto('noteTag')
    .values(tags.map((tag) => ({ tag, noteId })))
    .execute()
}

/**
 * Counts a person among those who use these hashtags (normalised, each once) in notes or in their profile; each person
 * counts once, however often they do.
 */
export async function countTagUser(
  tx: Db,
  userId: string,
  tags: readonly string[],
  kind: 'mentioned' | 'attached',
): Promise<void> {
  if (tags.length === 0) return
  const rows = await tx
    .insertInto('hashtagUser')
    .values(tags.map((tag) => ({ tag, userId, kind })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('tag')
    .execute()
  await addPeople(
    tx,
    rows.map(({ tag }) => tag),
    kind,
    1,
  )
}

/** Takes a person from among those who have these hashtags in their profile. */
export async function uncountTagUser(tx: Db, userId: string, tags: readonly string[]): Promise<void> {
  if (tags.length === 0) return
  const rows = await tx
    .deleteFrom('hashtagUser')
    .where('userId', '=', userId)
    .where('kind', '=', 'attached')
    .where('tag', 'in', tags)
    .returning('tag')
    .execute()
  await addPeople(
    tx,
    rows.map(({ tag }) => tag),
    'attached',
    -1,
  )
}

async function addPeople(tx: Db, tags: readonly string[], kind: 'mentioned' | 'attached', by: 1 | -1): Promise<void> {
  if (tags.length === 0) return
  const column = kind === 'mentioned' ? 'mentionedUsersCount' : 'attachedUsersCount'
  // Sorted: two transactions that count several of the same must not wait for each other.
  const rows = tags.toSorted().map((name) => ({ name, [column]: by }))
  await tx
    .insertInto('hashtag')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((row) => ({ [column]: row(`hashtag.${column}`, '+', by) })),
    )
    .execute()
}

const byName = prepared((db, p: Parameters<{ name: string }>) =>
  db.selectFrom('hashtag').selectAll().where('name', '=', p.name),
)

export const hashtagByName = async (db: Db, name: string): Promise<HashtagRow | undefined> =>
  (await byName(db, { name }))[0]

/** Above every name that begins with the text before it. */
const LAST = '\u{10ffff}'
/** So many hashtags are looked at for one search, by name and by how many people use them. */
const LOOKED_AT = 1000

const beginning = prepared((db, p: Parameters<{ first: string; last: string; limit: number; offset: number }>) => {
  const isFound = sql<boolean>`"name" >= ${p.first} and "name" < ${p.last}`
  const counted = db.selectFrom('hashtag').select(['name', 'mentionedUsersCount'])
  const byName = counted.where(isFound).orderBy('name').limit(LOOKED_AT)
  const popular = counted.orderBy('mentionedUsersCount', 'desc').orderBy('name', 'desc').limit(LOOKED_AT)
  return db
    .selectFrom(
      db
        .selectFrom(byName.as('named'))
        .selectAll()
        .union(db.selectFrom(popular.as('popular')).selectAll().where(isFound))
        .as('found'),
    )
    .select('name')
    .orderBy('mentionedUsersCount', 'desc')
    .orderBy('name')
    .limit(p.limit)
    .offset(p.offset)
})

/** Hashtags that begin with a text (normalised), those that most people use first. */
export async function hashtagsBeginning(
  db: Db,
  text: string,
  part: { limit: number; offset: number },
): Promise<string[]> {
  const rows = await beginning(db, { first: text, last: `${text}${LAST}`, ...part })
  return rows.map(({ name }) => name)
}

/** Hashtags by how many people use them, in notes or in profiles. */
export const hashtagsByUse = (
  db: Db,
  by: 'mentionedUsersCount' | 'attachedUsersCount',
  order: 'asc' | 'desc',
  { limit, inProfiles }: { limit: number; inProfiles: boolean },
): Promise<HashtagRow[]> =>
  db
    .selectFrom('hashtag')
    .selectAll()
    .$if(inProfiles, (query) => query.where('attachedUsersCount', '>', sql.lit(0)))
    .orderBy(by, order)
    .orderBy('name', order)
    .limit(limit)
    .execute()
