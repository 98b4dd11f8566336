import { announcementSchema } from './announcement.ts'
import { appSchema } from './app.ts'
import type { Component } from './component.ts'
import { driveFileSchema } from './drive-file.ts'
import { driveFolderSchema } from './drive-folder.ts'
import { emojiDetailedSchema, emojiSimpleSchema } from './emoji.ts'
import { inviteCodeSchema } from './invite-code.ts'
import { meDetailedSchema } from './me-detailed.ts'
import { metaDetailedSchema, metaLiteSchema } from './meta.ts'
import { noteSchema } from './note.ts'
import { groupedNotificationSchema, notificationSchema } from './notification.ts'
import { rolePoliciesSchema } from './policies.ts'
import { roleLiteSchema } from './role.ts'
import { userDetailedNotMeSchema } from './user-detailed.ts'
import { userListSchema } from './user-list.ts'
import { userLiteSchema } from './user-lite.ts'

/**
 * Every entity others may refer to. Whoever compiles a schema registers these first; the API document lists them under
 * their `$id`.
 */
export const components: readonly Component[] = [
  announcementSchema,
  appSchema,
  driveFileSchema,
  driveFolderSchema,
  emojiDetailedSchema,
  emojiSimpleSchema,
  groupedNotificationSchema,
  inviteCodeSchema,
  meDetailedSchema,
  metaDetailedSchema,
  metaLiteSchema,
  noteSchema,
  notificationSchema,
  roleLiteSchema,
  rolePoliciesSchema,
  userDetailedNotMeSchema,
  userListSchema,
  userLiteSchema,
]
