import type { Selectable } from 'kysely'
import type { EmojiTable } from '../db/schema/server.ts'
import type { EmojiDetailed, EmojiSimple } from './schema/emoji.ts'

/** An emoji as the list of all shows it. */
export function showEmojiSimple(row: Selectable<EmojiTable>): EmojiSimple {
  return {
    name: row.name,
    aliases: row.aliases,
    category: row.category,
    url: row.url,
    ...(row.localOnly && { localOnly: true }),
    ...(row.isSensitive && { isSensitive: true }),
    ...(row.roleIds.length > 0 && { roleIdsThatCanBeUsedThisEmojiAsReaction: row.roleIds }),
  }
}

/** An emoji with everything there is to know about it. */
export function showEmojiDetailed(row: Selectable<EmojiTable>): EmojiDetailed {
  return {
    id: row.id,
    name: row.name,
    aliases: row.aliases,
    category: row.category,
    host: null,
    url: row.url,
    license: row.license,
    localOnly: row.localOnly,
    isSensitive: row.isSensitive,
    roleIdsThatCanBeUsedThisEmojiAsReaction: row.roleIds,
  }
}
