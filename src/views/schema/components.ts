import { announcementSchema } from './announcement.ts'
import { antennaSchema } from './antenna.ts'
import { appSchema } from './app.ts'
import { channelSchema } from './channel.ts'
import { clipSchema } from './clip.ts'
import type { Component } from './component.ts'
import { driveFileSchema } from './drive-file.ts'
import { driveFolderSchema } from './drive-folder.ts'
import { emojiDetailedSchema, emojiSimpleSchema } from './emoji.ts'
import { noteFavoriteSchema } from './favorite.ts'
import { hashtagSchema } from './hashtag.ts'
import { inviteCodeSchema } from './invite-code.ts'
import { meDetailedSchema } from './me-detailed.ts'
import { metaDetailedSchema, metaLiteSchema } from './meta.ts'
import { noteSchema } from './note.ts'
import { groupedNotificationSchema, notificationSchema } from './notification.ts'
import { rolePoliciesSchema } from './policies.ts'
import { noteReactionSchema, noteReactionWithNoteSchema } from './reaction.ts'
import { blockingSchema, followingSchema, mutingSchema, renoteMutingSchema } from './relations.ts'
import { roleLiteSchema, roleSchema } from './role.ts'
import { roleConditionSchema } from './role-condition.ts'
import { userDetailedNotMeSchema } from './user-detailed.ts'
import { userListSchema } from './user-list.ts'
import { userLiteSchema } from './user-lite.ts'

/**
 * Every entity others may refer to. Whoever compiles a schema registers these first; the API document lists them under
 * their `$id`.
 */
export const components: readonly Component[] = [
  announcementSchema,
  antennaSchema,
  appSchema,
  channelSchema,
  clipSchema,
  blockingSchema,
  driveFileSchema,
  driveFolderSchema,
  emojiDetailedSchema,
  emojiSimpleSchema,
  followingSchema,
  groupedNotificationSchema,
  hashtagSchema,
  inviteCodeSchema,
  meDetailedSchema,
  metaDetailedSchema,
  metaLiteSchema,
  noteFavoriteSchema,
  noteReactionSchema,
  noteReactionWithNoteSchema,
  mutingSchema,
  noteSchema,
  notificationSchema,
  renoteMutingSchema,
  roleConditionSchema,
  roleLiteSchema,
  rolePoliciesSchema,
  roleSchema,
  userDetailedNotMeSchema,
  userListSchema,
  userLiteSchema,
]
