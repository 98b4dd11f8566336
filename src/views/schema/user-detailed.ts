import Type from 'typebox'
import { component, refTo } from './component.ts'
import { closed, dateTime, id, nullable, oneOf, url } from './fields.ts'
import { Note } from './note.ts'
import { RoleLite } from './role.ts'
import { userLiteProperties } from './user-lite.ts'

const whoSees = oneOf('public', 'followers', 'private')

/** What a page about a person shows, their own page included. */
export const userDetailedProperties = {
  ...userLiteProperties,
  url: nullable(url),
  uri: nullable(url),
  movedTo: nullable(id),
  alsoKnownAs: nullable(Type.Array(id)),
  createdAt: dateTime,
  updatedAt: nullable(dateTime),
  lastFetchedAt: nullable(dateTime),
  bannerUrl: nullable(url),
  bannerBlurhash: nullable(Type.String()),
  isLocked: Type.Boolean(),
  isSilenced: Type.Boolean(),
  isSuspended: Type.Boolean(),
  description: nullable(Type.String()),
  location: nullable(Type.String()),
  birthday: nullable(Type.String({ format: 'date' })),
  lang: nullable(Type.String()),
  fields: Type.Array(closed({ name: Type.String(), value: Type.String() })),
  verifiedLinks: Type.Array(url),
  followersCount: Type.Integer(),
  followingCount: Type.Integer(),
  notesCount: Type.Integer(),
  pinnedNoteIds: Type.Array(id),
  pinnedNotes: Type.Array(Note),
  pinnedPageId: nullable(id),
  pinnedPage: Type.Null(),
  publicReactions: Type.Boolean(),
  followingVisibility: whoSees,
  followersVisibility: whoSees,
  chatScope: oneOf('everyone', 'following', 'followers', 'mutual', 'none'),
  canChat: Type.Boolean(),
  roles: Type.Array(RoleLite),
  memo: nullable(Type.String()),
  moderationNote: Type.Optional(Type.String()),
}

/**
 * What the viewer and the person are to each other: all of it or nothing, for clients take `isFollowing` as the sign
 * that the others are there. Only for a viewer who is signed in and someone else.
 */
const relation = {
  isFollowing: Type.Optional(Type.Boolean()),
  isFollowed: Type.Optional(Type.Boolean()),
  hasPendingFollowRequestFromYou: Type.Optional(Type.Boolean()),
  hasPendingFollowRequestToYou: Type.Optional(Type.Boolean()),
  isBlocking: Type.Optional(Type.Boolean()),
  isBlocked: Type.Optional(Type.Boolean()),
  isMuted: Type.Optional(Type.Boolean()),
  isRenoteMuted: Type.Optional(Type.Boolean()),
  notify: Type.Optional(oneOf('normal', 'none')),
  withReplies: Type.Optional(Type.Boolean()),
  /** Only for followers. */
  followedMessage: Type.Optional(nullable(Type.String())),
}

/** Only for moderators. */
const security = {
  twoFactorEnabled: Type.Optional(Type.Boolean()),
  usePasswordLessLogin: Type.Optional(Type.Boolean()),
  securityKeys: Type.Optional(Type.Boolean()),
}

export const userDetailedNotMeSchema = component('UserDetailedNotMe', {
  ...userDetailedProperties,
  ...relation,
  ...security,
})
export const UserDetailedNotMe = refTo(userDetailedNotMeSchema)
export type UserDetailedNotMe = Type.Static<typeof UserDetailedNotMe>
