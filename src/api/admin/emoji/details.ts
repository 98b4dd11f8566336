import Type from 'typebox'
import type { EmojiDetails } from '../../../db/queries/emojis.ts'
import { Nullable } from '../../params.ts'

/** The name of a custom emoji. */
export const EmojiName = () => Type.String({ pattern: '^[a-zA-Z0-9_]+$', maxLength: 128 })

/** What can be said of a custom emoji beside its name and picture. */
export const detailParams = {
  category: Type.Optional(Nullable(Type.String())),
  aliases: Type.Optional(Type.Array(Type.String())),
  license: Type.Optional(Nullable(Type.String())),
  isSensitive: Type.Optional(Type.Boolean()),
  localOnly: Type.Optional(Type.Boolean()),
  roleIdsThatCanBeUsedThisEmojiAsReaction: Type.Optional(Type.Array(Type.String())),
}

const params = Type.Object(detailParams)

/** What the parameters say of it; what they leave out is left out. */
export function detailsOf(said: Type.Static<typeof params>): Partial<EmojiDetails> {
  const { category, aliases, license, isSensitive, localOnly, roleIdsThatCanBeUsedThisEmojiAsReaction: roleIds } = said
  return {
    ...(category !== undefined && { category }),
    ...(aliases && { aliases }),
    ...(license !== undefined && { license }),
    ...(isSensitive !== undefined && { isSensitive }),
    ...(localOnly !== undefined && { localOnly }),
    ...(roleIds && { roleIds }),
  }
}
