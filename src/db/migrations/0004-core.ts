import { type Kysely, sql } from 'kysely'

/** What people do with one another and with notes: relations, reactions, collections, notifications, roles, jobs. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const postgres = dialect === 'postgres'
  const id = sql.raw(postgres ? 'text collate "C"' : 'text')
  const json = sql.raw(postgres ? 'json' : 'jsontext')
  const time = sql.raw('bigint')
  const count = sql.raw('integer not null default 0')
  const off = sql.raw('boolean not null default false')
  const ofUser = sql.raw('references "user" ("id") on delete cascade')
  const ofNote = sql.raw('references "note" ("id") on delete cascade')
  // Tables that are nothing but their key: SQLite then keeps the rows in the index itself.
  const keyOnly = sql.raw(postgres ? '' : 'without rowid')

  const statements = [
    // People
    sql`alter table "user" add column "makeNotesFollowersOnlyBefore" ${time}`,
    sql`alter table "user" add column "makeNotesHiddenBefore" ${time}`,
    sql`alter table "user" add column "tags" ${json} not null default '[]'`,
    sql`alter table "account" add column "readNotificationId" ${id} not null default ''`,
    sql`create table "followRequest" (
      "id" ${id} primary key, "followerId" ${id} not null ${ofUser}, "followeeId" ${id} not null ${ofUser},
      "withReplies" ${off}, unique ("followerId", "followeeId"))`,
    sql`create index "followRequestFollowee" on "followRequest" ("followeeId", "id")`,
    sql`create table "blocking" (
      "id" ${id} primary key, "blockerId" ${id} not null ${ofUser}, "blockeeId" ${id} not null ${ofUser},
      unique ("blockerId", "blockeeId"))`,
    sql`create index "blockingBlockee" on "blocking" ("blockeeId", "blockerId")`,
    sql`create table "muting" (
      "id" ${id} primary key, "muterId" ${id} not null ${ofUser}, "muteeId" ${id} not null ${ofUser},
      "expiresAt" ${time}, unique ("muterId", "muteeId"))`,
    sql`create index "mutingMutee" on "muting" ("muteeId")`,
    sql`create table "renoteMuting" (
      "id" ${id} primary key, "muterId" ${id} not null ${ofUser}, "muteeId" ${id} not null ${ofUser},
      unique ("muterId", "muteeId"))`,
    sql`create index "renoteMutingMutee" on "renoteMuting" ("muteeId")`,
    sql`create table "userMemo" (
      "userId" ${id} not null ${ofUser}, "targetId" ${id} not null ${ofUser}, "memo" text not null,
      primary key ("userId", "targetId"))`,
    sql`create index "userMemoTarget" on "userMemo" ("targetId")`,
    sql`create table "abuseReport" (
      "id" ${id} primary key, "targetUserId" ${id} not null ${ofUser}, "reporterId" ${id} not null ${ofUser},
      "assigneeId" ${id} references "user" ("id") on delete set null, "resolved" ${off}, "resolvedAs" text,
      "comment" text not null, "moderationNote" text not null default '')`,
    sql`create index "abuseReportTarget" on "abuseReport" ("targetUserId")`,
    sql`create index "abuseReportReporter" on "abuseReport" ("reporterId")`,
    sql`create index "abuseReportAssignee" on "abuseReport" ("assigneeId") where "assigneeId" is not null`,
    sql`create index "abuseReportOpen" on "abuseReport" ("id") where not "resolved"`,

    // Roles
    sql`create table "role" (
      "id" ${id} primary key, "updatedAt" ${time} not null, "name" text not null, "description" text not null,
      "color" text, "iconUrl" text, "target" text not null default 'manual', "condFormula" ${json} not null,
      "isPublic" ${off}, "isModerator" ${off}, "isAdministrator" ${off}, "isExplorable" ${off}, "asBadge" ${off},
      "preserveAssignmentOnMoveAccount" ${off}, "canEditMembersByModerator" ${off},
      "displayOrder" integer not null default 0, "policies" ${json} not null)`,
    sql`create table "roleAssignment" (
      "id" ${id} primary key, "roleId" ${id} not null references "role" ("id") on delete cascade,
      "userId" ${id} not null ${ofUser}, "expiresAt" ${time}, unique ("userId", "roleId"))`,
    sql`create index "roleAssignmentRole" on "roleAssignment" ("roleId", "id")`,

    // Channels
    sql`create table "channel" (
      "id" ${id} primary key, "userId" ${id} references "user" ("id") on delete set null, "name" text not null,
      "description" text, "color" text not null default '#86b300', "isArchived" ${off}, "isSensitive" ${off},
      "allowRenoteToExternal" boolean not null default true, "pinnedNoteIds" ${json} not null,
      "bannerId" ${id}, "lastNotedAt" ${time}, "usersCount" ${count}, "notesCount" ${count})`,
    sql`create index "channelUser" on "channel" ("userId", "id")`,
    sql`create index "channelLastNoted" on "channel" ("lastNotedAt") where "lastNotedAt" is not null and not "isArchived"`,
    sql`create table "channelFollowing" (
      "id" ${id} primary key, "userId" ${id} not null ${ofUser},
      "channelId" ${id} not null references "channel" ("id") on delete cascade, unique ("userId", "channelId"))`,
    sql`create index "channelFollowingChannel" on "channelFollowing" ("channelId", "id")`,
    sql`create table "channelFavorite" (
      "id" ${id} primary key, "userId" ${id} not null ${ofUser},
      "channelId" ${id} not null references "channel" ("id") on delete cascade, unique ("userId", "channelId"))`,
    sql`create index "channelFavoriteChannel" on "channelFavorite" ("channelId")`,

    // Notes
    sql`alter table "note" add column "channelId" ${id} references "channel" ("id") on delete cascade`,
    sql`alter table "note" add column "renoteReplyUserId" ${id}`,
    sql`alter table "note" add column "renoteRenoteUserId" ${id}`,
    sql`alter table "note" add column "reactionCount" ${count}`,
    sql`create index "noteChannel" on "note" ("channelId", "id") where "channelId" is not null`,
    sql`create index "notePublic" on "note" ("id") where "visibility" = 'public' and "channelId" is null`,
    sql`create index "noteUserFiles" on "note" ("userId", "id") where "hasFiles"`,
    sql`create table "reaction" (
      "id" ${id} primary key, "noteId" ${id} not null ${ofNote}, "userId" ${id} not null ${ofUser},
      "reaction" ${id} not null, unique ("noteId", "userId"))`,
    sql`create index "reactionNote" on "reaction" ("noteId", "id")`,
    sql`create index "reactionUser" on "reaction" ("userId", "id")`,
    sql`create table "reactionCount" (
      "noteId" ${id} not null ${ofNote}, "reaction" ${id} not null, "count" ${count},
      primary key ("noteId", "reaction")) ${keyOnly}`,
    sql`create table "pollVote" (
      "id" ${id} primary key, "noteId" ${id} not null references "poll" ("noteId") on delete cascade,
      "userId" ${id} not null ${ofUser}, "choice" integer not null, unique ("noteId", "userId", "choice"))`,
    sql`create index "pollVoteUser" on "pollVote" ("userId")`,
    sql`create table "favorite" (
      "id" ${id} primary key, "userId" ${id} not null ${ofUser}, "noteId" ${id} not null ${ofNote},
      unique ("noteId", "userId"))`,
    sql`create index "favoriteUser" on "favorite" ("userId", "id")`,
    sql`create table "pin" (
      "id" ${id} primary key, "userId" ${id} not null ${ofUser}, "noteId" ${id} not null ${ofNote},
      unique ("userId", "noteId"))`,
    sql`create index "pinNote" on "pin" ("noteId")`,
    sql`create table "threadMuting" (
      "id" ${id} primary key, "userId" ${id} not null ${ofUser}, "threadId" ${id} not null,
      unique ("userId", "threadId"))`,
    sql`create index "threadMutingThread" on "threadMuting" ("threadId")`,

    // Home timelines
    // It refers to no note: an index for that would cost each posting as much as the rows themselves.
    sql`create table "home" (
      "readerId" ${id} not null ${ofUser}, "noteId" ${id} not null, primary key ("readerId", "noteId")) ${keyOnly}`,
    sql`create table "homeFloor" ("readerId" ${id} primary key ${ofUser}, "noteId" ${id} not null) ${keyOnly}`,
    sql`create table "fanout" (
      "noteId" ${id} primary key ${ofNote}, "userId" ${id} not null ${ofUser}, "channelId" ${id},
      "after" ${id} not null default '', "takenUntil" ${time} not null default 0)`,
    sql`create index "fanoutUser" on "fanout" ("userId")`,

    // Hashtags
    sql`create table "noteTag" (
      "tag" ${id} not null, "noteId" ${id} not null ${ofNote}, primary key ("tag", "noteId")) ${keyOnly}`,
    sql`create index "noteTagNote" on "noteTag" ("noteId")`,
    sql`create table "hashtag" (
      "name" ${id} primary key, "mentionedUsersCount" ${count}, "attachedUsersCount" ${count})`,
    sql`create index "hashtagMentioned" on "hashtag" ("mentionedUsersCount")`,
    sql`create table "hashtagUser" (
      "tag" ${id} not null, "userId" ${id} not null ${ofUser}, "kind" text not null,
      primary key ("tag", "userId", "kind")) ${keyOnly}`,
    sql`create index "hashtagUserUser" on "hashtagUser" ("userId")`,

    // Collections
    sql`create table "userList" (
      "id" ${id} primary key, "userId" ${id} not null ${ofUser}, "name" text not null, "isPublic" ${off})`,
    sql`create index "userListUser" on "userList" ("userId", "id")`,
    sql`create table "listMember" (
      "id" ${id} primary key, "listId" ${id} not null references "userList" ("id") on delete cascade,
      "userId" ${id} not null ${ofUser}, "withReplies" ${off}, unique ("listId", "userId"))`,
    sql`create index "listMemberUser" on "listMember" ("userId")`,
    sql`create table "antenna" (
      "id" ${id} primary key, "userId" ${id} not null ${ofUser}, "lastUsedAt" ${time} not null, "name" text not null,
      "src" text not null, "userListId" ${id} references "userList" ("id") on delete cascade, "users" ${json} not null,
      "keywords" ${json} not null, "excludeKeywords" ${json} not null, "caseSensitive" ${off}, "localOnly" ${off},
      "excludeBots" ${off}, "withReplies" ${off}, "withFile" ${off}, "excludeNotesInSensitiveChannel" ${off},
      "isActive" boolean not null default true)`,
    sql`create index "antennaUser" on "antenna" ("userId", "id")`,
    sql`create index "antennaList" on "antenna" ("userListId") where "userListId" is not null`,
    sql`create table "antennaNote" (
      "antennaId" ${id} not null references "antenna" ("id") on delete cascade, "noteId" ${id} not null ${ofNote},
      primary key ("antennaId", "noteId")) ${keyOnly}`,
    sql`create index "antennaNoteNote" on "antennaNote" ("noteId")`,
    sql`create table "clip" (
      "id" ${id} primary key, "userId" ${id} not null ${ofUser}, "name" text not null, "description" text,
      "isPublic" ${off}, "lastClippedAt" ${time}, "notesCount" ${count}, "favoritedCount" ${count})`,
    sql`create index "clipUser" on "clip" ("userId", "id")`,
    sql`create table "clipNote" (
      "clipId" ${id} not null references "clip" ("id") on delete cascade, "noteId" ${id} not null ${ofNote},
      primary key ("clipId", "noteId")) ${keyOnly}`,
    sql`create index "clipNoteNote" on "clipNote" ("noteId", "clipId")`,
    sql`create table "clipFavorite" (
      "id" ${id} primary key, "userId" ${id} not null ${ofUser},
      "clipId" ${id} not null references "clip" ("id") on delete cascade, unique ("userId", "clipId"))`,
    sql`create index "clipFavoriteClip" on "clipFavorite" ("clipId")`,

    // Notifications
    sql`create table "notification" (
      "id" ${id} primary key, "userId" ${id} not null ${ofUser}, "type" text not null,
      "notifierId" ${id} ${ofUser}, "noteId" ${id} ${ofNote}, "data" ${json})`,
    sql`create index "notificationUser" on "notification" ("userId", "id")`,
    sql`create index "notificationNotifier" on "notification" ("notifierId") where "notifierId" is not null`,
    sql`create index "notificationNote" on "notification" ("noteId", "userId") where "noteId" is not null`,
    sql`create table "pushSubscription" (
      "id" ${id} primary key, "userId" ${id} not null ${ofUser}, "endpoint" text not null, "auth" text not null,
      "publickey" text not null, "sendReadMessage" ${off}, unique ("userId", "endpoint"))`,

    // The server
    sql`create table "job" (
      "id" ${id} primary key, "kind" text not null, "subject" ${id}, "data" ${json} not null, "runAt" ${time} not null,
      "attempts" ${count}, "takenUntil" ${time} not null default 0)`,
    sql`create index "jobDue" on "job" ("runAt")`,
    sql`create index "jobSubject" on "job" ("kind", "subject") where "subject" is not null`,
    sql`create table "repeatable" (
      "userId" ${id} not null ${ofUser}, "path" text not null, "keyDigest" ${id} not null, "resultId" ${id} not null,
      "madeAt" ${time} not null, primary key ("userId", "path", "keyDigest"))`,
    sql`create index "repeatableMade" on "repeatable" ("madeAt")`,
  ]
  for (const statement of statements) await statement.execute(db)
}
