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

/** What a role says of a policy: its own value, or with `useDefault` that of everyone. */
export interface RolePolicy {
  useDefault: boolean
  /** 0 to 2: only what roles say with the highest priority counts. */
  priority: number
  value: unknown
}

/** What a role says of policies; those it says nothing of are everyone's. */
export type RolePolicies = Readonly<Partial<Record<string, RolePolicy>>>

/**
 * What somebody with these roles may do. Of each policy the roles that speak with the highest priority count, and of
 * those the most generous: yes before no, the greater number, all that any of the lists has.
 * @param base what everyone may do
 */
export function policiesOfRoles(base: Policies, roles: readonly RolePolicies[]): Policies {
  if (roles.length === 0) return base
  return Object.fromEntries(
    Object.entries(base).map(([name, ofEveryone]) => {
      const said = roles.map((role) => role[name] ?? { useDefault: true, priority: 0, value: ofEveryone })
      const highest = Math.max(...said.map(({ priority }) => priority))
      const values = said
        .filter(({ priority }) => priority === highest)
        .map(({ useDefault, value }) => (useDefault || typeof value !== typeof ofEveryone ? ofEveryone : value))
      return [name, mostGenerous(values)]
    }),
  ) as unknown as Policies
}

function mostGenerous(values: readonly unknown[]): unknown {
  if (values.every((value) => typeof value === 'boolean')) return values.includes(true)
  if (values.every((value) => typeof value === 'number')) return Math.max(...values)
  if (values.every((value) => Array.isArray(value))) return [...new Set(values.flat())]
  return chatAvailabilities.find((availability) => values.includes(availability)) ?? values[0]
}
