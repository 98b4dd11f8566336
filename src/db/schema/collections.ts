import type { Generated } from 'kysely'
import type { AntennaSource } from '../../lib/antenna.ts'
import type { Json } from './json.ts'

export interface ChannelTable {
  id: string
  userId: string | null
  name: string
  description: string | null
  /** Name and description in the form they are searched in. */
  foldedName: Generated<string>
  foldedDescription: Generated<string>
  color: Generated<string>
  isArchived: Generated<boolean>
  isSensitive: Generated<boolean>
  allowRenoteToExternal: Generated<boolean>
  pinnedNoteIds: Json<string[]>
  bannerId: Generated<string | null>
  /** Milliseconds. */
  lastNotedAt: Generated<number | null>
  /** How many people have posted here. */
  usersCount: Generated<number>
  notesCount: Generated<number>
}

export interface ChannelFollowingTable {
  id: string
  userId: string
  channelId: string
}

export interface ChannelFavoriteTable {
  id: string
  userId: string
  channelId: string
}

export interface UserListTable {
  id: string
  userId: string
  name: string
  isPublic: Generated<boolean>
}

export interface ListMemberTable {
  id: string
  listId: string
  userId: string
  withReplies: Generated<boolean>
}

export interface AntennaTable {
  id: string
  userId: string
  /** Milliseconds: an antenna nobody reads stops collecting. */
  lastUsedAt: number
  name: string
  src: AntennaSource
  userListId: string | null
  /** Names of people as they were given. */
  users: Json<string[]>
  /** Any of the groups, all words of it. */
  keywords: Json<string[][]>
  excludeKeywords: Json<string[][]>
  caseSensitive: boolean
  localOnly: boolean
  excludeBots: boolean
  withReplies: boolean
  withFile: boolean
  excludeNotesInSensitiveChannel: boolean
}

/** What an antenna has caught; the latest 200 stay. */
export interface AntennaNoteTable {
  antennaId: string
  noteId: string
}

export interface ClipTable {
  id: string
  userId: string
  name: string
  description: string | null
  isPublic: Generated<boolean>
  lastClippedAt: Generated<number | null>
  notesCount: Generated<number>
  favoritedCount: Generated<number>
}

export interface ClipNoteTable {
  clipId: string
  noteId: string
}

export interface ClipFavoriteTable {
  id: string
  userId: string
  clipId: string
}
