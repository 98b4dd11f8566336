import type { Ctx } from '../context.ts'
import { memosOf } from '../db/queries/memos.ts'
import { type UserRow, usersByIds } from '../db/queries/users.ts'
import { isoTimeOfId } from '../lib/id.ts'
import { isoTime } from '../lib/time.ts'
import { contentUrl } from './content-url.ts'
import { type Pinned, showPinned } from './pinned.ts'
import { type Relations, relationsWith } from './relation.ts'
import { showRolesOfPerson } from './role.ts'
import type { UserDetailedNotMe } from './schema/user-detailed.ts'
import { showUserLite, type Viewer } from './user-lite.ts'

export { showUserLite, type Viewer }

/**
 * What a page about a person shows to anyone who may see the counts.
 * @param memo what the viewer noted about them
 */
export function showUserDetails(ctx: Ctx, row: UserRow, pinned: Pinned, memo: string | null) {
  const policies = ctx.settings.policiesOf(row)
  return {
    url: null,
    uri: null,
    movedTo: row.movedToId,
    alsoKnownAs: row.alsoKnownAs.length > 0 ? row.alsoKnownAs : null,
    createdAt: isoTimeOfId(row.id),
    updatedAt: isoTime(row.updatedAt),
    lastFetchedAt: null,
    bannerUrl: row.bannerKey && contentUrl(ctx, row.bannerKey),
    bannerBlurhash: row.bannerBlurhash,
    isLocked: row.isLocked,
    isSilenced: !policies.canPublicNote,
    isSuspended: row.isSuspended,
    description: row.description,
    location: row.location,
    birthday: row.birthday,
    lang: row.lang,
    fields: row.fields,
    verifiedLinks: [],
    followersCount: row.followersCount,
    followingCount: row.followingCount,
    notesCount: row.notesCount,
    ...pinned,
    pinnedPageId: null,
    pinnedPage: null,
    publicReactions: row.publicReactions,
    followingVisibility: row.followingVisibility,
    followersVisibility: row.followersVisibility,
    chatScope: row.chatScope,
    canChat: policies.chatAvailability !== 'unavailable',
    roles: showRolesOfPerson(ctx.settings.rolesOf(row)),
    memo,
  }
}

/** People as others see them, in the order of `ids`; those that do not exist, or no longer, are left out. */
export async function showUsersDetailed(
  ctx: Ctx,
  ids: readonly string[],
  viewer: Viewer | null,
): Promise<UserDetailedNotMe[]> {
  const rows = new Map((await usersByIds(ctx.db, ids)).map((row) => [row.id, row]))
  const relations = viewer ? await relationsWith(ctx, viewer.id, ids) : null
  const pinned = await showPinned(ctx, ids, viewer)
  const memos = viewer ? await memosOf(ctx.db, viewer.id, ids) : null
  return ids.flatMap((id) => {
    const row = rows.get(id)
    if (!row || row.isDeleted) return []
    const isSelf = viewer?.id === id
    const details = showUserDetails(ctx, row, pinned(id), memos?.get(id) ?? null)
    const mayCount = (who: UserRow['followersVisibility']) =>
      isSelf ||
      viewer?.isModerator ||
      who === 'public' ||
      (who === 'followers' && relations?.followOf(id) !== undefined)
    return {
      ...showUserLite(ctx, row, viewer),
      ...details,
      followersCount: mayCount(row.followersVisibility) ? details.followersCount : 0,
      followingCount: mayCount(row.followingVisibility) ? details.followingCount : 0,
      ...(viewer?.isModerator && {
        moderationNote: '',
        twoFactorEnabled: false,
        usePasswordLessLogin: false,
        securityKeys: false,
      }),
      ...(relations && !isSelf && relation(row, relations)),
    }
  })
}

function relation(row: UserRow, relations: Relations) {
  const follow = relations.followOf(row.id)
  return {
    ...relations.flagsOf(row.id),
    notify: follow?.notify ?? ('none' as const),
    withReplies: follow?.withReplies ?? false,
    ...(follow && { followedMessage: row.followedMessage }),
  }
}
