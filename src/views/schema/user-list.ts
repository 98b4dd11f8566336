import Type from 'typebox'
import { component, refTo } from './component.ts'
import { closed, dateTime, id } from './fields.ts'
import { UserLite } from './user-lite.ts'

const properties = { id, createdAt: dateTime, name: Type.String(), userIds: Type.Array(id), isPublic: Type.Boolean() }

/** A list of people. */
export const userListSchema = component('UserList', properties)
export const UserList = refTo(userListSchema)
export type UserList = Type.Static<typeof UserList>

/** A list as `users/lists/show` gives it: to whoever asks for public ones, with how many like it. */
export const UserListShown = closed({
  ...properties,
  likedCount: Type.Optional(Type.Integer()),
  isLiked: Type.Optional(Type.Boolean()),
})

/** Someone on a list. */
export const ListMembership = closed({
  id,
  createdAt: dateTime,
  userId: id,
  user: UserLite,
  withReplies: Type.Boolean(),
})
export type ListMembership = Type.Static<typeof ListMembership>
