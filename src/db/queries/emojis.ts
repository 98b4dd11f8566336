import type { Selectable } from 'kysely'
import type { Db } from '../database.ts'
import type { EmojiTable } from '../schema/server.ts'

export type EmojiRow = Selectable<EmojiTable>

/** Every custom emoji, by category (those without one first) and name. */
export async function allEmojis(db: Db): Promise<EmojiRow[]> {
  const rows = await db.selectFrom('emoji').selectAll().orderBy('name').execute()
  // Databases differ in where they put nulls.
  return rows.sort((a, b) => compare(a.category ?? '', b.category ?? '') || compare(a.name, b.name))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
