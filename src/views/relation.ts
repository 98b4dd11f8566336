import type { Ctx } from '../context.ts'
import { followingsTo } from '../db/queries/following.ts'
import { type RelationFlag, relationFlags } from '../db/queries/relations.ts'
import type { UserRelation } from './schema/relations.ts'

/** What a viewer wants of a follow of theirs. */
interface FollowWishes {
  withReplies: boolean
  notify: 'normal' | 'none'
}

/** What is between a viewer and other people, looked up together. */
export interface Relations {
  /** The viewer's follow of a person, if there is one. */
  followOf(id: string): FollowWishes | undefined
  flagsOf(id: string): Omit<UserRelation, 'id'>
}

/** Looks up what is between a viewer and all of these people: as many questions for one as for a hundred. */
export async function relationsWith(ctx: Ctx, viewerId: string, ids: readonly string[]): Promise<Relations> {
  const follows = new Map((await followingsTo(ctx.db, viewerId, ids)).map((row) => [row.followeeId, row]))
  const flags = await relationFlags(ctx.db, viewerId, ids, Date.now())
  return {
    followOf: (id) => follows.get(id),
    flagsOf(id) {
      const has = (flag: RelationFlag) => flags.get(id)?.has(flag) ?? false
      return {
        isFollowing: follows.has(id),
        isFollowed: has('isFollowed'),
        hasPendingFollowRequestFromYou: has('hasPendingFollowRequestFromYou'),
        hasPendingFollowRequestToYou: has('hasPendingFollowRequestToYou'),
        isBlocking: has('isBlocking'),
        isBlocked: has('isBlocked'),
        isMuted: has('isMuted'),
        isRenoteMuted: has('isRenoteMuted'),
      }
    },
  }
}

/** The same in the order of `ids`, for people there are not too: nothing is between them and the viewer. */
export async function showRelations(ctx: Ctx, viewerId: string, ids: readonly string[]): Promise<UserRelation[]> {
  const relations = await relationsWith(ctx, viewerId, [...new Set(ids)])
  return ids.map((id) => ({ id, ...relations.flagsOf(id) }))
}
