import Type from 'typebox'
import { component, refTo } from './component.ts'
import { dateTime, id, nullable, url } from './fields.ts'
import { Note } from './note.ts'

/** A place to post in. What the viewer is to it is there for those who are signed in, `pinnedNotes` in `channels/show`. */
export const channelSchema = component('Channel', {
  id,
  createdAt: dateTime,
  lastNotedAt: nullable(dateTime),
  name: Type.String(),
  description: nullable(Type.String()),
  userId: nullable(id),
  bannerUrl: nullable(url),
  bannerId: nullable(id),
  pinnedNoteIds: Type.Array(id),
  color: Type.String(),
  isArchived: Type.Boolean(),
  usersCount: Type.Integer(),
  notesCount: Type.Integer(),
  isSensitive: Type.Boolean(),
  allowRenoteToExternal: Type.Boolean(),
  isFollowing: Type.Optional(Type.Boolean()),
  isFavorited: Type.Optional(Type.Boolean()),
  isMuting: Type.Optional(Type.Boolean()),
  pinnedNotes: Type.Optional(Type.Array(Note)),
})
export const Channel = refTo(channelSchema)
export type Channel = Type.Static<typeof Channel>
