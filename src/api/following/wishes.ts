import Type from 'typebox'
import type { FollowingChange } from '../../db/queries/following.ts'
import { OneOf } from '../params.ts'

/** What a follower may wish of a follow. */
export const followWishes = {
  notify: Type.Optional(OneOf(['normal', 'none'])),
  withReplies: Type.Optional(Type.Boolean()),
}

/** The wishes that were given. */
export const wishesOf = ({ notify, withReplies }: FollowingChange): FollowingChange => ({
  ...(notify !== undefined && { notify }),
  ...(withReplies !== undefined && { withReplies }),
})
