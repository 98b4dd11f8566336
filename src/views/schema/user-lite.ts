import Type from 'typebox'
import { component, refTo } from './component.ts'
import { closed, id, mapOf, nullable, oneOf, url } from './fields.ts'

const avatarDecoration = closed({
  id,
  url,
  angle: Type.Optional(Type.Number()),
  flipH: Type.Optional(Type.Boolean()),
  offsetX: Type.Optional(Type.Number()),
  offsetY: Type.Optional(Type.Number()),
})

const badgeRole = closed({ name: Type.String(), iconUrl: nullable(url), displayOrder: Type.Number() })

/** What everyone is shown of a person wherever they appear. It must not have `url`: clients tell the forms apart by it. */
export const userLiteProperties = {
  id,
  name: nullable(Type.String()),
  username: Type.String(),
  host: nullable(Type.String()),
  avatarUrl: url,
  avatarBlurhash: nullable(Type.String()),
  avatarDecorations: Type.Array(avatarDecoration),
  isBot: Type.Boolean(),
  isCat: Type.Boolean(),
  requireSigninToViewContents: Type.Optional(Type.Literal(true)),
  makeNotesFollowersOnlyBefore: Type.Optional(Type.Integer()),
  makeNotesHiddenBefore: Type.Optional(Type.Integer()),
  emojis: mapOf(url),
  onlineStatus: oneOf('unknown', 'online', 'active', 'offline'),
  badgeRoles: Type.Array(badgeRole),
}

export const userLiteSchema = component('UserLite', userLiteProperties)
export const UserLite = refTo(userLiteSchema)
export type UserLite = Type.Static<typeof UserLite>
