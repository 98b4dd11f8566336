import { policiesWith } from '../config/policies.ts'
import type { Ctx } from '../context.ts'
import { type UserRow, usersByIds } from '../db/queries/users.ts'
import { isoTimeOfId } from '../lib/id.ts'
import { DAY, isoTime, MINUTE } from '../lib/time.ts'
import { type Relations, relationsWith } from './relation.ts'
import type { UserDetailedNotMe } from './schema/user-detailed.ts'
import type { UserLite } from './schema/user-lite.ts'

/** Who looks. Null stands for an anonymous viewer. */
export interface Viewer {
  id: string
  isModerator: boolean
}

/** A person wherever they appear. */
export function showUserLite(ctx: Ctx, row: UserRow): UserLite {
  return {
    id: row.id,
    name: row.name,
    username: row.username,
    host: null,
    avatarUrl: `${ctx.config.url}/identicon/${row.usernameLower}@${encodeURI(new URL(ctx.config.url).host)}`,
    avatarBlurhash: null,
    avatarDecorations: [],
    isBot: row.isBot,
    isCat: row.isCat,
    ...(row.requireSigninToViewContents && { requireSigninToViewContents: true }),
    emojis: {},
    onlineStatus: onlineStatus(row),
    badgeRoles: [],
  }
}

function onlineStatus({ hideOnlineStatus, lastActiveAt }: UserRow): UserLite['onlineStatus'] {
  if (hideOnlineStatus || lastActiveAt === null) return 'unknown'
  const silence = Date.now() - lastActiveAt
  if (silence < 10 * MINUTE) return 'online'
  return silence < 3 * DAY ? 'active' : 'offline'
}

/** What a page about a person shows to anyone who may see the counts. */
export function showUserDetails(ctx: Ctx, row: UserRow) {
  const policies = policiesWith(ctx.settings.current().policies)
  return {
    url: null,
    uri: null,
    movedTo: row.movedToId,
    alsoKnownAs: row.alsoKnownAs.length > 0 ? row.alsoKnownAs : null,
    createdAt: isoTimeOfId(row.id),
    updatedAt: isoTime(row.updatedAt),
    lastFetchedAt: null,
    bannerUrl: null,
    bannerBlurhash: null,
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
    pinnedNoteIds: [],
    pinnedNotes: [],
    pinnedPageId: null,
    pinnedPage: null,
    publicReactions: row.publicReactions,
    followingVisibility: row.followingVisibility,
    followersVisibility: row.followersVisibility,
    chatScope: row.chatScope,
    canChat: policies.chatAvailability !== 'unavailable',
    roles: [],
    memo: null,
  }
}

/** People as others see them, in the order of `ids`; those that do not exist are left out. */
export async function showUsersDetailed(
  ctx: Ctx,
  ids: readonly string[],
  viewer: Viewer | null,
): Promise<UserDetailedNotMe[]> {
  const rows = new Map((await usersByIds(ctx.db, ids)).map((row) => [row.id, row]))
  const relations = viewer ? await relationsWith(ctx, viewer.id, ids) : null
  return ids.flatMap((id) => {
    const row = rows.get(id)
    if (!row) return []
    const isSelf = viewer?.id === id
    const details = showUserDetails(ctx, row)
    const mayCount = (who: UserRow['followersVisibility']) =>
      isSelf ||
      viewer?.isModerator ||
      who === 'public' ||
      (who === 'followers' && relations?.followOf(id) !== undefined)
    return {
      ...showUserLite(ctx, row),
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
