import { isAdminPermission, type Permission } from '../access/permission.ts'

/**
 * Permissions in the groups people think in. Dangerous groups come first, and in each group the dangerous permissions,
 * so that nobody has to scroll to what matters.
 */
export const permissionGroups = {
  administerPeople: [
    'write:admin:delete-account',
    'write:admin:account',
    'write:admin:reset-password',
    'write:admin:suspend-user',
    'write:admin:unsuspend-user',
    'write:admin:roles',
    'write:admin:send-email',
    'write:admin:unset-user-avatar',
    'write:admin:unset-user-banner',
    'write:admin:user-note',
    'write:admin:resolve-abuse-user-report',
    'read:admin:account',
    'read:admin:show-user',
    'read:admin:user-ips',
    'read:admin:abuse-user-reports',
    'read:admin:show-moderation-log',
    'read:admin:roles',
  ],
  administerContent: [
    'write:admin:delete-all-files-of-a-user',
    'write:admin:drive',
    'read:admin:drive',
    'write:admin:emoji',
    'read:admin:emoji',
    'write:admin:announcements',
    'read:admin:announcements',
    'write:admin:avatar-decorations',
    'read:admin:avatar-decorations',
    'write:admin:ad',
    'read:admin:ad',
    'write:admin:promo',
  ],
  administerServer: [
    'write:admin:meta',
    'read:admin:meta',
    'write:admin:federation',
    'write:admin:relays',
    'read:admin:relays',
    'write:admin:invite-codes',
    'read:admin:invite-codes',
    'write:admin:queue',
    'read:admin:queue',
    'read:admin:server-info',
    'read:admin:table-stats',
    'read:admin:index-stats',
  ],
  account: ['write:account', 'read:account', 'read:notifications', 'write:notifications'],
  chat: ['read:chat', 'write:chat', 'read:messaging', 'write:messaging'],
  drive: ['write:drive', 'read:drive'],
  notes: [
    'write:notes',
    'write:reactions',
    'read:reactions',
    'write:votes',
    'read:favorites',
    'write:favorites',
    'read:clip-favorite',
    'write:clip-favorite',
  ],
  people: [
    'write:following',
    'read:following',
    'write:blocks',
    'read:blocks',
    'write:mutes',
    'read:mutes',
    'write:report-abuse',
    'read:user-groups',
    'write:user-groups',
  ],
  works: [
    'read:channels',
    'write:channels',
    'read:pages',
    'write:pages',
    'read:page-likes',
    'write:page-likes',
    'read:gallery',
    'write:gallery',
    'read:gallery-likes',
    'write:gallery-likes',
    'read:flash',
    'write:flash',
    'read:flash-likes',
    'write:flash-likes',
  ],
  server: ['read:invite-codes', 'write:invite-codes', 'read:federation'],
} as const satisfies Record<string, readonly Permission[]>

export type GroupName = keyof typeof permissionGroups

export type PermissionGroup = { readonly name: GroupName; readonly permissions: readonly Permission[] }

/** Private words, files that cannot be brought back, and what others see of a person. */
const sensitive: ReadonlySet<string> = new Set<Permission>([
  'write:account',
  'read:chat',
  'write:chat',
  'read:messaging',
  'write:messaging',
  'write:drive',
])

/** How a permission is marked: over the server itself, over private or irreplaceable things, or not at all. */
export const dangerOf = (permission: string): 'admin' | 'sensitive' | null => {
  if (isAdminPermission(permission)) return 'admin'
  return sensitive.has(permission) ? 'sensitive' : null
}

/** The given permissions in their groups, empty groups left out. */
export const inGroups = (given: readonly Permission[]): readonly PermissionGroup[] => {
  const wanted: ReadonlySet<string> = new Set(given)
  return (Object.keys(permissionGroups) as GroupName[])
    .map((name) => ({ name, permissions: permissionGroups[name].filter((permission) => wanted.has(permission)) }))
    .filter((group) => group.permissions.length > 0)
}
