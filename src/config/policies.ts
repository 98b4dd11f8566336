/** What a person may do, and how much of it, where neither a role nor the server says otherwise. */
export const defaultPolicies = {
  gtlAvailable: true,
  ltlAvailable: true,
  canPublicNote: true,
  mentionLimit: 20,
  canInvite: false,
  inviteLimit: 0,
  /** Minutes. */
  inviteLimitCycle: 10_080,
  /** Minutes; 0 for never. */
  inviteExpirationTime: 0,
  canManageCustomEmojis: false,
  canManageAvatarDecorations: false,
  canSearchNotes: false,
  canSearchUsers: true,
  canUseTranslator: true,
  canHideAds: false,
  canCreateChannel: true,
  driveCapacityMb: 100,
  maxFileSizeMb: 30,
  /** MIME types; a star stands for every subtype. */
  uploadableFileTypes: ['text/*', 'application/json', 'image/*', 'video/*', 'audio/*'],
  alwaysMarkNsfw: false,
  canUpdateBioMedia: true,
  pinLimit: 5,
  antennaLimit: 5,
  /** Characters of the muted words as JSON. */
  wordMuteLimit: 200,
  webhookLimit: 3,
  clipLimit: 10,
  noteEachClipsLimit: 200,
  userListLimit: 10,
  userEachUserListsLimit: 50,
  /** Multiplies how fast the allowance of a rate limit is used up; 0 for no limit. */
  rateLimitFactor: 1,
  avatarDecorationLimit: 1,
  canImportAntennas: false,
  canImportBlocking: false,
  canImportFollowing: false,
  canImportMuting: false,
  canImportUserLists: false,
  chatAvailability: 'available' as ChatAvailability,
  noteDraftLimit: 10,
  scheduledNoteLimit: 1,
  watermarkAvailable: true,
}

export const chatAvailabilities = ['available', 'readonly', 'unavailable'] as const

export type ChatAvailability = (typeof chatAvailabilities)[number]

export type Policies = Readonly<typeof defaultPolicies>

export type PolicyName = keyof Policies

/** What everyone may do: the defaults, with what an administrator has changed. */
export const policiesWith = (changed: Partial<Policies>): Policies => ({ ...defaultPolicies, ...changed })
