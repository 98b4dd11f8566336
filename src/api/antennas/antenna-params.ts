import Type from 'typebox'
import { antennaSources } from '../../lib/antenna.ts'
import { Id, Nullable, OneOf } from '../params.ts'

/** Every new note is held against all words of all antennas: there are bounds to how many. */
const Words = () => Type.Array(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 30 }), { maxItems: 100 })

/** What can be said of an antenna. */
export const antennaParams = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  src: OneOf(antennaSources),
  userListId: Type.Optional(Nullable(Id())),
  keywords: Words(),
  excludeKeywords: Words(),
  users: Type.Array(Type.String({ maxLength: 256 }), { maxItems: 1000 }),
  caseSensitive: Type.Boolean(),
  localOnly: Type.Optional(Type.Boolean()),
  excludeBots: Type.Optional(Type.Boolean()),
  withReplies: Type.Boolean(),
  withFile: Type.Boolean(),
  excludeNotesInSensitiveChannel: Type.Optional(Type.Boolean()),
}
