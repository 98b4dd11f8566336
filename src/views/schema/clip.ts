import Type from 'typebox'
import { component, refTo } from './component.ts'
import { dateTime, id, nullable } from './fields.ts'
import { UserLite } from './user-lite.ts'

/** A collection of notes. `isFavorited` is for those who are signed in, `notesCount` for its owner. */
export const clipSchema = component('Clip', {
  id,
  createdAt: dateTime,
  lastClippedAt: nullable(dateTime),
  userId: id,
  user: UserLite,
  name: Type.String(),
  description: nullable(Type.String()),
  isPublic: Type.Boolean(),
  favoritedCount: Type.Integer(),
  isFavorited: Type.Optional(Type.Boolean()),
  notesCount: Type.Optional(Type.Integer()),
})
export const Clip = refTo(clipSchema)
export type Clip = Type.Static<typeof Clip>
