import type { ColumnType, Generated } from 'kysely'
import type { RolePolicies } from '../../config/policies.ts'
import type { Json } from './json.ts'

/** A person, as others may see them. What only they may see is in `account`. */
export interface UserTable {
  id: string
  username: string
  /** The username in lower case: names are compared without case. */
  usernameLower: string
  name: Generated<string | null>
  description: Generated<string | null>
  location: Generated<string | null>
  /** YYYY-MM-DD */
  birthday: Generated<string | null>
  lang: Generated<string | null>
  fields: Json<{ name: string; value: string }[]>
  followedMessage: Generated<string | null>
  isBot: Generated<boolean>
  isCat: Generated<boolean>
  isLocked: Generated<boolean>
  isExplorable: Generated<boolean>
  isSuspended: Generated<boolean>
  isDeleted: Generated<boolean>
  hideOnlineStatus: Generated<boolean>
  requireSigninToViewContents: Generated<boolean>
  publicReactions: Generated<boolean>
  followingVisibility: Generated<'public' | 'followers' | 'private'>
  followersVisibility: Generated<'public' | 'followers' | 'private'>
  chatScope: Generated<'everyone' | 'following' | 'followers' | 'mutual' | 'none'>
  movedToId: Generated<string | null>
  /** Older notes are shown as for followers: up to 0, older than so many seconds; above, made before that second since 1970. */
  makeNotesFollowersOnlyBefore: Generated<number | null>
  /** Older notes are hidden from others; counted alike. */
  makeNotesHiddenBefore: Generated<number | null>
  /** Hashtags of the profile, normalised. */
  tags: ColumnType<string[], string | undefined, string>
  alsoKnownAs: Json<string[]>
  /** A picture in their drive; its key and blurhash are kept beside it, for they are shown wherever the person is. */
  avatarId: Generated<string | null>
  avatarKey: Generated<string | null>
  avatarBlurhash: Generated<string | null>
  bannerId: Generated<string | null>
  bannerKey: Generated<string | null>
  bannerBlurhash: Generated<string | null>
  followersCount: Generated<number>
  followingCount: Generated<number>
  notesCount: Generated<number>
  /** Milliseconds; null until the first note or change of profile. */
  updatedAt: Generated<number | null>
  /** Milliseconds of the last authenticated call, to the minute. */
  lastActiveAt: Generated<number | null>
}

/** What only the person themselves may see or set. One row beside each `user` row. */
export interface AccountTable {
  userId: string
  /** argon2id in PHC form. */
  passwordHash: string
  email: Generated<string | null>
  emailVerified: Generated<boolean>
  alwaysMarkNsfw: Generated<boolean>
  autoSensitive: Generated<boolean>
  autoAcceptFollowed: Generated<boolean>
  carefulBot: Generated<boolean>
  injectFeaturedNote: Generated<boolean>
  noCrawle: Generated<boolean>
  preventAiLearning: Generated<boolean>
  receiveAnnouncementEmail: Generated<boolean>
  emailNotificationTypes: Json<string[]>
  mutedWords: Json<(string | string[])[]>
  hardMutedWords: Json<(string | string[])[]>
  mutedInstances: Json<string[]>
  notificationRecieveConfig: Json<Record<string, { type: string; userListId?: string }>>
  /** Distinct days on which `i` was called, and the last of them (days since 1970). */
  loggedInDays: Generated<number>
  lastLoggedInDay: Generated<number | null>
  /** Notifications up to this one are read; empty for none. */
  readNotificationId: Generated<string>
  /** Bytes of all their files. */
  driveUsage: Generated<number>
}

/** Names that were ever taken: a deleted person's name is never given again. */
export interface UsedUsernameTable {
  usernameLower: string
  usedAt: number
}

export interface FollowingTable {
  id: string
  followerId: string
  followeeId: string
  withReplies: Generated<boolean>
  notify: Generated<'normal' | 'none'>
}

/** An invitation to sign up. The code itself is known only to whom it was shown. */
export interface InvitationTable {
  id: string
  codeDigest: string
  createdById: string | null
  expiresAt: number | null
  usedById: Generated<string | null>
  usedAt: Generated<number | null>
}

/** A follow that waits for the followee's consent. */
export interface FollowRequestTable {
  id: string
  followerId: string
  followeeId: string
  withReplies: Generated<boolean>
}

export interface BlockingTable {
  id: string
  blockerId: string
  blockeeId: string
}

export interface MutingTable {
  id: string
  muterId: string
  muteeId: string
  /** Milliseconds; null for until it is ended. */
  expiresAt: number | null
}

/** Whose pure renotes a person does not want to see. */
export interface RenoteMutingTable {
  id: string
  muterId: string
  muteeId: string
}

/** What a person noted about another, for themselves alone. */
export interface UserMemoTable {
  userId: string
  targetId: string
  memo: string
}

export interface AbuseReportTable {
  id: string
  targetUserId: string
  reporterId: string
  assigneeId: Generated<string | null>
  resolved: Generated<boolean>
  resolvedAs: Generated<'accept' | 'reject' | null>
  comment: string
  moderationNote: Generated<string>
}

export interface RoleTable {
  id: string
  updatedAt: number
  name: string
  description: string
  color: string | null
  iconUrl: string | null
  target: 'manual' | 'conditional'
  condFormula: Json<Record<string, unknown>>
  isPublic: boolean
  isModerator: boolean
  isAdministrator: boolean
  isExplorable: boolean
  asBadge: boolean
  preserveAssignmentOnMoveAccount: boolean
  canEditMembersByModerator: boolean
  displayOrder: number
  policies: Json<RolePolicies>
}

export interface RoleAssignmentTable {
  id: string
  roleId: string
  userId: string
  expiresAt: number | null
}
