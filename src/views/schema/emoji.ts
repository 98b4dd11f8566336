import Type from 'typebox'
import { component, refTo } from './component.ts'
import { id, nullable, url } from './fields.ts'

const common = {
  name: Type.String(),
  aliases: Type.Array(Type.String()),
  category: nullable(Type.String()),
  url,
}

/** An emoji in the list of all, which is long: what is not so is left out. */
export const emojiSimpleSchema = component('EmojiSimple', {
  ...common,
  localOnly: Type.Optional(Type.Literal(true)),
  isSensitive: Type.Optional(Type.Literal(true)),
  roleIdsThatCanBeUsedThisEmojiAsReaction: Type.Optional(Type.Array(id, { minItems: 1 })),
})
export const EmojiSimple = refTo(emojiSimpleSchema)
export type EmojiSimple = Type.Static<typeof EmojiSimple>

export const emojiDetailedSchema = component('EmojiDetailed', {
  id,
  ...common,
  host: nullable(Type.String()),
  license: nullable(Type.String()),
  localOnly: Type.Boolean(),
  isSensitive: Type.Boolean(),
  roleIdsThatCanBeUsedThisEmojiAsReaction: Type.Array(id),
})
export const EmojiDetailed = refTo(emojiDetailedSchema)
export type EmojiDetailed = Type.Static<typeof EmojiDetailed>
