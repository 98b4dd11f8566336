import Type from 'typebox'
import { visibilities } from '../../lib/visibility.ts'
import { component, refByName } from './component.ts'
import { DriveFile } from './drive-file.ts'
import { closed, dateTime, id, mapOf, nullable, oneOf, url } from './fields.ts'
import { UserLite } from './user-lite.ts'

const poll = closed({
  expiresAt: nullable(dateTime),
  multiple: Type.Boolean(),
  choices: Type.Array(closed({ text: Type.String(), votes: Type.Integer(), isVoted: Type.Boolean() })),
})

const channel = closed({
  id,
  name: Type.String(),
  color: Type.String(),
  isSensitive: Type.Boolean(),
  allowRenoteToExternal: Type.Boolean(),
  userId: nullable(id),
})

const ownProperties = {
  id,
  createdAt: dateTime,
  userId: id,
  user: UserLite,
  text: nullable(Type.String()),
  cw: nullable(Type.String()),
  visibility: oneOf(...visibilities),
  localOnly: Type.Boolean(),
  reactionAcceptance: nullable(
    oneOf('likeOnly', 'likeOnlyForRemote', 'nonSensitiveOnly', 'nonSensitiveOnlyForLocalLikeOnlyForRemote'),
  ),
  replyId: nullable(id),
  renoteId: nullable(id),
  channelId: Type.Optional(id),
  channel: Type.Optional(channel),
  fileIds: Type.Array(id),
  files: Type.Array(DriveFile),
  reactions: mapOf(Type.Integer()),
  reactionEmojis: mapOf(url),
  reactionCount: Type.Integer(),
  renoteCount: Type.Integer(),
  repliesCount: Type.Integer(),
  isHidden: Type.Optional(Type.Literal(true)),
  mentions: Type.Optional(Type.Array(id)),
  visibleUserIds: Type.Optional(Type.Array(id)),
  tags: Type.Optional(Type.Array(Type.String())),
  hasPoll: Type.Optional(Type.Literal(true)),
  poll: Type.Optional(poll),
  clippedCount: Type.Optional(Type.Integer()),
  myReaction: Type.Optional(Type.String()),
}

/** A note. The two it may be about are there in detail only, and null when they were deleted. */
export interface Note extends Type.Static<Type.TObject<typeof ownProperties>> {
  reply?: Note | null
  renote?: Note | null
}

export const Note = refByName<Note>('Note')

export const noteSchema = component('Note', {
  ...ownProperties,
  reply: Type.Optional(nullable(Note)),
  renote: Type.Optional(nullable(Note)),
})
