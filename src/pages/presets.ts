import { type Permission, userPermissions } from '../access/permission.ts'

/** Ready sets of permissions; `custom` means the ticked ones. */
export const presets = ['bot', 'read', 'everything', 'custom'] as const

export type Preset = (typeof presets)[number]

const bot = [
  'read:account',
  'write:notes',
  'write:reactions',
  'read:notifications',
  'read:drive',
  'write:drive',
] as const satisfies readonly Permission[]

export const isPreset = (name: unknown): name is Preset => presets.includes(name as Preset)

/** The permissions a ready set stands for, never administration; null for `custom`. */
export const permissionsOf = (preset: Preset): readonly Permission[] | null => {
  switch (preset) {
    case 'bot':
      return bot
    case 'read':
      return userPermissions.filter((permission) => permission.startsWith('read:'))
    case 'everything':
      return userPermissions
    case 'custom':
      return null
  }
}
