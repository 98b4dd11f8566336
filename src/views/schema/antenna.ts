import Type from 'typebox'
import { antennaSources } from '../../lib/antenna.ts'
import { component, refTo } from './component.ts'
import { dateTime, id, nullable, oneOf } from './fields.ts'

const words = Type.Array(Type.Array(Type.String()))

/** What a person wants to have collected. `isActive` is false when nobody has read it for long. */
export const antennaSchema = component('Antenna', {
  id,
  createdAt: dateTime,
  name: Type.String(),
  keywords: words,
  excludeKeywords: words,
  src: oneOf(...antennaSources),
  userListId: nullable(id),
  users: Type.Array(Type.String()),
  caseSensitive: Type.Boolean(),
  localOnly: Type.Boolean(),
  excludeBots: Type.Boolean(),
  withReplies: Type.Boolean(),
  withFile: Type.Boolean(),
  isActive: Type.Boolean(),
  hasUnreadNote: Type.Literal(false),
  notify: Type.Literal(false),
  excludeNotesInSensitiveChannel: Type.Boolean(),
})
export const Antenna = refTo(antennaSchema)
export type Antenna = Type.Static<typeof Antenna>
