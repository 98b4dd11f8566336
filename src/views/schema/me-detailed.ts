import Type from 'typebox'
import { Announcement } from './announcement.ts'
import { component, refTo } from './component.ts'
import { closed, dateTime, emptyList, id, nullable, oneOf } from './fields.ts'
import { notificationConfig } from './notification-config.ts'
import { RolePolicies } from './policies.ts'
import { userDetailedProperties } from './user-detailed.ts'

/** A list of words that must all occur, or a regular expression as text. */
const mutedWords = Type.Array(
  Type.Unsafe<string[] | string>({ anyOf: [{ type: 'array', items: { type: 'string' } }, { type: 'string' }] }),
)

/** What the person themselves is shown. It must have `avatarId` and no relation: clients tell the forms apart by them. */
export const meDetailedSchema = component('MeDetailed', {
  ...userDetailedProperties,
  avatarId: nullable(id),
  bannerId: nullable(id),
  followedMessage: nullable(Type.String()),
  isModerator: Type.Boolean(),
  isAdmin: Type.Boolean(),
  injectFeaturedNote: Type.Boolean(),
  receiveAnnouncementEmail: Type.Boolean(),
  alwaysMarkNsfw: Type.Boolean(),
  autoSensitive: Type.Boolean(),
  carefulBot: Type.Boolean(),
  autoAcceptFollowed: Type.Boolean(),
  noCrawle: Type.Boolean(),
  preventAiLearning: Type.Boolean(),
  isExplorable: Type.Boolean(),
  isDeleted: Type.Boolean(),
  hideOnlineStatus: Type.Boolean(),
  hasUnreadSpecifiedNotes: Type.Boolean(),
  hasUnreadMentions: Type.Boolean(),
  hasUnreadAnnouncement: Type.Boolean(),
  unreadAnnouncements: Type.Array(Announcement),
  hasUnreadAntenna: Type.Boolean(),
  hasUnreadChannel: Type.Boolean(),
  hasUnreadChatMessages: Type.Boolean(),
  hasUnreadNotification: Type.Boolean(),
  hasPendingReceivedFollowRequest: Type.Boolean(),
  unreadNotificationsCount: Type.Integer(),
  mutedWords,
  hardMutedWords: mutedWords,
  mutedInstances: Type.Array(Type.String()),
  notificationRecieveConfig: notificationConfig,
  emailNotificationTypes: Type.Array(Type.String()),
  achievements: emptyList,
  loggedInDays: Type.Integer(),
  policies: RolePolicies,
  twoFactorEnabled: Type.Boolean(),
  twoFactorBackupCodesStock: oneOf('full', 'partial', 'none'),
  usePasswordLessLogin: Type.Boolean(),
  securityKeys: Type.Boolean(),
  // Secrets: only for the person's own sessions, never for an application.
  email: Type.Optional(nullable(Type.String())),
  emailVerified: Type.Optional(Type.Boolean()),
  securityKeysList: Type.Optional(Type.Array(closed({ id, name: Type.String(), lastUsed: dateTime }))),
})
export const MeDetailed = refTo(meDetailedSchema)
export type MeDetailed = Type.Static<typeof MeDetailed>
