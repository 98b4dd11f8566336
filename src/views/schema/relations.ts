import Type from 'typebox'
import { component, refTo } from './component.ts'
import { closed, dateTime, id, nullable } from './fields.ts'
import { UserDetailedNotMe } from './user-detailed.ts'
import { UserLite } from './user-lite.ts'

export const followingSchema = component('Following', {
  id,
  createdAt: dateTime,
  followeeId: id,
  followerId: id,
  /** The one of the two whom a list is about. */
  followee: Type.Optional(UserDetailedNotMe),
  follower: Type.Optional(UserDetailedNotMe),
})
export const Following = refTo(followingSchema)
export type Following = Type.Static<typeof Following>

export const mutingSchema = component('Muting', {
  id,
  createdAt: dateTime,
  expiresAt: nullable(dateTime),
  muteeId: id,
  mutee: UserDetailedNotMe,
})
export const Muting = refTo(mutingSchema)
export type Muting = Type.Static<typeof Muting>

export const renoteMutingSchema = component('RenoteMuting', {
  id,
  createdAt: dateTime,
  muteeId: id,
  mutee: UserDetailedNotMe,
})
export const RenoteMuting = refTo(renoteMutingSchema)
export type RenoteMuting = Type.Static<typeof RenoteMuting>

export const blockingSchema = component('Blocking', {
  id,
  createdAt: dateTime,
  blockeeId: id,
  blockee: UserDetailedNotMe,
})
export const Blocking = refTo(blockingSchema)
export type Blocking = Type.Static<typeof Blocking>

/** A request to follow. It has no name among clients. */
export const FollowRequest = closed({ id, follower: UserLite, followee: UserLite })
export type FollowRequest = Type.Static<typeof FollowRequest>

/** What is between the viewer and a person. */
export const UserRelation = closed({
  id,
  isFollowing: Type.Boolean(),
  isFollowed: Type.Boolean(),
  hasPendingFollowRequestFromYou: Type.Boolean(),
  hasPendingFollowRequestToYou: Type.Boolean(),
  isBlocking: Type.Boolean(),
  isBlocked: Type.Boolean(),
  isMuted: Type.Boolean(),
  isRenoteMuted: Type.Boolean(),
})
export type UserRelation = Type.Static<typeof UserRelation>
