import type { Ctx } from '../context.ts'
import type { UserRow } from '../db/queries/users.ts'
import { DAY, MINUTE } from '../lib/time.ts'
import { contentUrl } from './content-url.ts'
import { showBadges } from './role.ts'
import type { UserLite } from './schema/user-lite.ts'

/** Who looks. Null stands for an anonymous viewer. */
export interface Viewer {
  id: string
  isModerator: boolean
}

/**
 * A person wherever they appear.
 * @param viewer moderators see badges of roles that are not public
 */
export function showUserLite(ctx: Ctx, row: UserRow, viewer: Viewer | null = null): UserLite {
  const { url } = ctx.config
  return {
    id: row.id,
    name: row.name,
    username: row.username,
    host: null,
    avatarUrl: row.avatarKey
      ? contentUrl(ctx, row.avatarKey)
      : `${url}/identicon/${row.usernameLower}@${encodeURI(url.slice(url.indexOf('://') + 3))}`,
    avatarBlurhash: row.avatarBlurhash,
    avatarDecorations: [],
    isBot: row.isBot,
    isCat: row.isCat,
    ...(row.requireSigninToViewContents && { requireSigninToViewContents: true }),
    ...(row.makeNotesFollowersOnlyBefore !== null && {
      makeNotesFollowersOnlyBefore: row.makeNotesFollowersOnlyBefore,
    }),
    ...(row.makeNotesHiddenBefore !== null && { makeNotesHiddenBefore: row.makeNotesHiddenBefore }),
    emojis: {},
    onlineStatus: onlineStatus(row),
    badgeRoles: showBadges(ctx.settings.rolesOf(row), viewer),
  }
}

function onlineStatus({ hideOnlineStatus, lastActiveAt }: UserRow): UserLite['onlineStatus'] {
  if (hideOnlineStatus || lastActiveAt === null) return 'unknown'
  const silence = Date.now() - lastActiveAt
  if (silence < 10 * MINUTE) return 'online'
  return silence < 3 * DAY ? 'active' : 'offline'
}
