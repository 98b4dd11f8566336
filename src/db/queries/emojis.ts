import type { Selectable } from 'kysely'
import { foldText } from '../../lib/fold-text.ts'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import { toJson } from '../schema/json.ts'
import type { EmojiTable } from '../schema/server.ts'

export type EmojiRow = Selectable<EmojiTable>

/** What can be said of a custom emoji beside its name and picture. */
export type EmojiDetails = Omit<EmojiRow, 'id' | 'name' | 'url' | 'fileId'>

/** What a custom emoji shows. */
export type EmojiPicture = Pick<EmojiRow, 'url' | 'fileId'>

/** Every custom emoji, by category (those without one last) and name. */
export async function allEmojis(db: Db): Promise<EmojiRow[]> {
  const rows = await db.selectFrom('emoji').selectAll().orderBy('name').execute()
  // Databases differ in where they put nulls.
  return rows.sort((a, b) => byCategory(a.category, b.category) || compare(a.name, b.name))
}

const byCategory = (a: string | null, b: string | null): number =>
  a === null || b === null ? Number(a === null) - Number(b === null) : compare(a, b)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const byName = prepared((db, p: Parameters<{ name: string }>) =>
  db.selectFrom('emoji').selectAll().where('name', '=', p.name),
)

export const emojiByName = async (db: Db, name: string): Promise<EmojiRow | undefined> =>
  (await byName(db, { name }))[0]

export const emojiById = (db: Db, id: string): Promise<EmojiRow | undefined> =>
  db.selectFrom('emoji').selectAll().where('id', '=', id).executeTakeFirst()

/** A page of the custom emojis, by id. */
export const emojiPage = (db: Db, page: Page): Promise<EmojiRow[]> =>
  db
    .selectFrom('emoji')
    .selectAll()
    .where('id', '>', page.since ?? '')
    .where('id', '<', page.until ?? '~')
    .orderBy('id', page.order)
    .limit(page.limit)
    .execute()

/** Adds an emoji; false when its name is taken. */
export async function insertEmoji(tx: Db, emoji: EmojiRow): Promise<boolean> {
  const row = await tx
    .insertInto('emoji')
    .values({ ...emoji, aliases: toJson(emoji.aliases), roleIds: toJson(emoji.roleIds) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Changes an emoji in what is given. */
export async function updateEmojiRow(tx: Db, id: string, changes: Partial<EmojiDetails & EmojiPicture>): Promise<void> {
  const { aliases, roleIds, ...rest } = changes
  const lists = { ...(aliases && { aliases: toJson(aliases) }), ...(roleIds && { roleIds: toJson(roleIds) }) }
  const set = { ...rest, ...lists }
  if (Object.keys(set).length > 0) await tx.updateTable('emoji').set(set).where('id', '=', id).execute()
}

/** Deletes an emoji and gives what it was; undefined when there was none. */
export const deleteEmojiRow = (tx: Db, id: string): Promise<EmojiRow | undefined> =>
  tx.deleteFrom('emoji').where('id', '=', id).returningAll().executeTakeFirst()

/** A page of those with a text, in any case, in their name, one of their aliases or their category. */
export async function findEmojis(db: Db, text: string, page: Page): Promise<EmojiRow[]> {
  const wanted = foldText(text)
  // There are as many as `emojis` gives to everybody at once: they are looked through here, alike for both databases.
  const rows = await emojiPage(db, { ...page, limit: Number.MAX_SAFE_INTEGER })
  const says = ({ name, aliases, category }: EmojiRow) =>
    [name, ...aliases, category ?? ''].some((one) => foldText(one).includes(wanted))
  return rows.filter(says).slice(0, page.limit)
}
