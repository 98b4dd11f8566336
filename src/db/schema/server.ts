import type { ColumnType, Generated } from 'kysely'
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
  /** The file it was made of, which stays as long as the emoji does. */
  fileId: Generated<string | null>
  license: string | null
  localOnly: Generated<boolean>
  isSensitive: Generated<boolean>
  roleIds: Json<string[]>
}

/** Something a person is told. What more there is to say depends on the type and is in `data`. */
export interface NotificationTable {
  id: string
  userId: string
  type: string
  /** Who did it. */
  notifierId: string | null
  noteId: string | null
  /** The role it is about, with which it goes. */
  roleId: string | null
  data: ColumnType<Record<string, unknown> | null, string | null, string | null>
}

/** Where a browser or an application wants to be told by Web Push. */
export interface PushSubscriptionTable {
  id: string
  userId: string
  endpoint: string
  auth: string
  publickey: string
  /** Also when notifications were read. */
  sendReadMessage: Generated<boolean>
}

/** Work that outlives the request and the process. */
export interface JobTable {
  id: string
  kind: string
  /** What it is about, by which it can be found again; null where nobody looks. */
  subject: string | null
  data: Json<unknown>
  /** Milliseconds: not before. While a process works on it, when that process must have died. */
  runAt: number
  attempts: Generated<number>
  /** What `runAt` was set to when it was taken, by which the taker knows it for theirs; 0 while nobody works on it. */
  takenUntil: Generated<number>
}

/** What a call with an `Idempotency-Key` made, so that a repeat answers with it instead of making another. */
export interface RepeatableTable {
  userId: string
  path: string
  keyDigest: string
  resultId: string
  madeAt: number
}
