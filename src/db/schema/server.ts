import type { Generated } from 'kysely'
import type { Json } from './json.ts'

/** What an administrator has set, by name: a setting without a row has its default. */
export interface SettingTable {
  name: string
  value: Json<unknown>
}

export interface AnnouncementTable {
  id: string
  updatedAt: number | null
  title: string
  text: string
  imageUrl: string | null
  icon: Generated<'info' | 'warning' | 'error' | 'success'>
  display: Generated<'normal' | 'banner' | 'dialog'>
  needConfirmationToRead: Generated<boolean>
  silence: Generated<boolean>
  isActive: Generated<boolean>
  /** Only those who were there before it. */
  forExistingUsers: Generated<boolean>
  /** Only this person; null for everyone. */
  userId: string | null
}

export interface AnnouncementReadTable {
  userId: string
  announcementId: string
}

export interface EmojiTable {
  id: string
  name: string
  category: string | null
  aliases: Json<string[]>
  url: string
  license: string | null
  localOnly: Generated<boolean>
  isSensitive: Generated<boolean>
  roleIds: Json<string[]>
}
