import type { Ctx } from '../context.ts'
import { unreadAnnouncements } from '../db/queries/announcements.ts'
import { hasFollowRequest } from '../db/queries/follow-requests.ts'
import { countUnread } from '../db/queries/notifications.ts'
import { type OwnAccountRow, ownAccount } from '../db/queries/own-account.ts'
import { userById } from '../db/queries/users.ts'
import { showAnnouncement } from './announcement.ts'
import { showPinned } from './pinned.ts'
import type { MeDetailed } from './schema/me-detailed.ts'
import { showUserDetails, showUserLite } from './user.ts'

/**
 * A person as they see themselves.
 * @param options.secrets whether the caller is the person and no application
 * @param options.account their row, if it was just read
 */
export async function showMe(
  ctx: Ctx,
  me: { id: string; isModerator: boolean; isAdministrator: boolean },
  options: { secrets: boolean; account?: OwnAccountRow },
): Promise<MeDetailed> {
  const user = await userById(ctx.db, me.id)
  const account = options.account ?? (await ownAccount(ctx.db, me.id))
  if (!user || !account) throw new Error('The signed-in person has no rows')
  const unread = account.mayHaveAnnouncements ? await unreadAnnouncements(ctx.db, me.id) : []
  const unreadNotificationsCount = account.mayHaveUnread
    ? await countUnread(ctx.db, me.id, account.readNotificationId)
    : 0
  const pinned = await showPinned(ctx, account.mayHavePins ? [me.id] : [], me)
  return {
    ...showUserLite(ctx, user, me),
    ...showUserDetails(ctx, user, pinned(me.id), account.ownMemo),
    avatarId: user.avatarId,
    bannerId: user.bannerId,
    followedMessage: user.followedMessage,
    isModerator: me.isModerator,
    isAdmin: me.isAdministrator,
    injectFeaturedNote: account.injectFeaturedNote,
    receiveAnnouncementEmail: account.receiveAnnouncementEmail,
    alwaysMarkNsfw: account.alwaysMarkNsfw,
    autoSensitive: account.autoSensitive,
    carefulBot: account.carefulBot,
    autoAcceptFollowed: account.autoAcceptFollowed,
    noCrawle: account.noCrawle,
    preventAiLearning: account.preventAiLearning,
    isExplorable: user.isExplorable,
    isDeleted: user.isDeleted,
    hideOnlineStatus: user.hideOnlineStatus,
    hasUnreadSpecifiedNotes: false,
    hasUnreadMentions: false,
    hasUnreadAnnouncement: unread.length > 0,
    unreadAnnouncements: unread.map((row) => showAnnouncement(row, { id: me.id, isRead: false })),
    hasUnreadAntenna: false,
    hasUnreadChannel: false,
    hasUnreadChatMessages: false,
    hasUnreadNotification: unreadNotificationsCount > 0,
    hasPendingReceivedFollowRequest: account.mayHaveRequests && (await hasFollowRequest(ctx.db, me.id)),
    unreadNotificationsCount,
    mutedWords: account.mutedWords,
    hardMutedWords: account.hardMutedWords,
    mutedInstances: account.mutedInstances,
    notificationRecieveConfig: account.notificationRecieveConfig as MeDetailed['notificationRecieveConfig'],
    emailNotificationTypes: account.emailNotificationTypes,
    achievements: [],
    loggedInDays: account.loggedInDays,
    policies: ctx.settings.policiesOf(user),
    twoFactorEnabled: false,
    twoFactorBackupCodesStock: 'none',
    usePasswordLessLogin: false,
    securityKeys: false,
    ...(me.isModerator && { moderationNote: '' }),
    ...(options.secrets && { email: account.email, emailVerified: account.emailVerified, securityKeysList: [] }),
  }
}
