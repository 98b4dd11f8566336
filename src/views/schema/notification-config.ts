import Type from 'typebox'
import { closed, id, oneOf } from './fields.ts'

export const notificationTypes = [
  'note',
  'follow',
  'mention',
  'reply',
  'renote',
  'quote',
  'reaction',
  'pollEnded',
  'scheduledNotePosted',
  'scheduledNotePostFailed',
  'receiveFollowRequest',
  'followRequestAccepted',
  'app',
  'roleAssigned',
  'chatRoomInvitationReceived',
  'achievementEarned',
  'exportCompleted',
  'test',
  'login',
  'createToken',
] as const

export type NotificationType = (typeof notificationTypes)[number]

const from = Type.Union([
  closed({ type: oneOf('all', 'following', 'follower', 'mutualFollow', 'followingOrFollower', 'never') }),
  closed({ type: Type.Literal('list'), userListId: id }),
])

const properties = Object.fromEntries(notificationTypes.map((type) => [type, Type.Optional(from)]))

/** From whom a person wants notifications of each type; all where nothing is said. */
export const notificationConfig = closed(properties as Record<NotificationType, Type.TOptional<typeof from>>)
