import { type Kysely, sql } from 'kysely'

/** The first tables: people, access, notes, the server. Frozen: later changes are migrations of their own. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const postgres = dialect === 'postgres'
  // Ids and names are compared bytewise on both databases; SQLite does so by default.
  const id = sql.raw(postgres ? 'text collate "C"' : 'text')
  const json = sql.raw(postgres ? 'json' : 'jsontext')
  const time = sql.raw('bigint')
  const count = sql.raw('integer not null default 0')
  const off = sql.raw('boolean not null default false')
  const on = sql.raw('boolean not null default true')
  const ofUser = sql.raw('references "user" ("id") on delete cascade')
  const ofNote = sql.raw('references "note" ("id") on delete cascade')

  const statements = [
    sql`create table "user" (
      "id" ${id} primary key, "username" text not null, "usernameLower" ${id} not null unique, "name" text, "description" text,
      "location" text, "birthday" text, "lang" text, "fields" ${json} not null, "followedMessage" text,
      "isBot" ${off}, "isCat" ${off}, "isLocked" ${off}, "isExplorable" ${on}, "isSuspended" ${off}, "isDeleted" ${off},
      "hideOnlineStatus" ${off}, "requireSigninToViewContents" ${off}, "publicReactions" ${on},
      "followingVisibility" text not null default 'public', "followersVisibility" text not null default 'public',
      "chatScope" text not null default 'mutual', "movedToId" ${id}, "alsoKnownAs" ${json} not null,
      "followersCount" ${count}, "followingCount" ${count}, "notesCount" ${count},
      "updatedAt" ${time}, "lastActiveAt" ${time})`,
    sql`create index "userSuspended" on "user" ("id") where "isSuspended"`,
    sql`create table "account" (
      "userId" ${id} primary key ${ofUser}, "passwordHash" text not null, "email" text, "emailVerified" ${off},
      "alwaysMarkNsfw" ${off}, "autoSensitive" ${off}, "autoAcceptFollowed" ${on}, "carefulBot" ${off},
      "injectFeaturedNote" ${on}, "noCrawle" ${off}, "preventAiLearning" ${on}, "receiveAnnouncementEmail" ${on},
      "emailNotificationTypes" ${json} not null, "mutedWords" ${json} not null, "hardMutedWords" ${json} not null,
      "mutedInstances" ${json} not null, "notificationRecieveConfig" ${json} not null,
      "loggedInDays" ${count}, "lastLoggedInDay" integer)`,
    sql`create table "usedUsername" ("usernameLower" ${id} primary key, "usedAt" ${time} not null)`,
    sql`create table "following" (
      "id" ${id} primary key, "followerId" ${id} not null ${ofUser}, "followeeId" ${id} not null ${ofUser},
      "withReplies" ${off}, "notify" text not null default 'none', unique ("followerId", "followeeId"))`,
    sql`create index "followingFollowee" on "following" ("followeeId", "id")`,
    sql`create table "invitation" (
      "id" ${id} primary key, "codeDigest" ${id} not null unique,
      "createdById" ${id} references "user" ("id") on delete set null, "expiresAt" ${time},
      "usedById" ${id} references "user" ("id") on delete set null, "usedAt" ${time})`,
    sql`create index "invitationCreator" on "invitation" ("createdById", "id")`,

    sql`create table "session" (
      "id" ${id} primary key, "userId" ${id} not null ${ofUser}, "digest" ${id} not null unique,
      "userAgent" text, "ip" text, "lastUsedAt" ${time})`,
    sql`create index "sessionUser" on "session" ("userId", "id")`,
    sql`create table "app" (
      "id" ${id} primary key, "userId" ${id} references "user" ("id") on delete set null,
      "secretDigest" ${id} not null unique, "name" text not null, "description" text not null,
      "permission" ${json} not null, "callbackUrl" text)`,
    sql`create index "appUser" on "app" ("userId", "id")`,
    sql`create table "grant" (
      "id" ${id} primary key, "userId" ${id} not null ${ofUser}, "kind" text not null,
      "appId" ${id} references "app" ("id") on delete cascade, "clientId" text, "miauthDigest" ${id} unique,
      "name" text, "description" text, "iconUrl" text, "permission" ${json} not null, "expiresAt" ${time},
      "claimableUntil" ${time})`,
    sql`create index "grantUser" on "grant" ("userId", "id")`,
    sql`create table "accessToken" (
      "id" ${id} primary key, "grantId" ${id} not null references "grant" ("id") on delete cascade,
      "userId" ${id} not null ${ofUser}, "digest" ${id} not null unique, "legacyDigest" ${id} unique,
      "family" ${id}, "proofKey" text, "expiresAt" ${time}, "lastUsedAt" ${time})`,
    sql`create index "accessTokenGrant" on "accessToken" ("grantId")`,
    sql`create index "accessTokenUser" on "accessToken" ("userId")`,
    sql`create table "consent" (
      "id" ${id} primary key, "kind" text not null, "userId" ${id} not null ${ofUser}, "request" text not null,
      "expiresAt" ${time} not null)`,
    sql`create index "consentExpiry" on "consent" ("expiresAt")`,
    sql`create index "consentUser" on "consent" ("userId")`,

    sql`create table "note" (
      "id" ${id} primary key, "userId" ${id} not null ${ofUser}, "visibility" text not null, "text" text, "cw" text,
      "localOnly" ${off}, "reactionAcceptance" text, "replyId" ${id}, "replyUserId" ${id}, "renoteId" ${id},
      "renoteUserId" ${id}, "threadId" ${id} not null, "isPureRenote" ${off}, "tags" ${json} not null,
      "mentions" ${json} not null, "visibleUserIds" ${json} not null, "fileIds" ${json} not null, "hasFiles" ${off},
      "hasPoll" ${off},
      "repliesCount" ${count}, "renoteCount" ${count}, "clippedCount" ${count})`,
    sql`create index "noteUser" on "note" ("userId", "id")`,
    sql`create index "noteReply" on "note" ("replyId", "id") where "replyId" is not null`,
    sql`create index "noteRenote" on "note" ("renoteId", "id") where "renoteId" is not null`,
    sql`create table "noteAddressee" (
      "noteId" ${id} not null ${ofNote}, "userId" ${id} not null ${ofUser}, "isMentioned" ${off}, "isRecipient" ${off},
      primary key ("noteId", "userId"))`,
    sql`create index "noteAddresseeUser" on "noteAddressee" ("userId", "noteId")`,
    sql`create table "poll" ("noteId" ${id} primary key ${ofNote}, "multiple" ${off}, "expiresAt" ${time})`,
    sql`create table "pollChoice" (
      "noteId" ${id} not null references "poll" ("noteId") on delete cascade, "position" integer not null,
      "text" text not null, "votes" ${count}, primary key ("noteId", "position"))`,

    sql`create table "setting" ("name" ${id} primary key, "value" ${json} not null)`,
    sql`create table "announcement" (
      "id" ${id} primary key, "updatedAt" ${time}, "title" text not null, "text" text not null, "imageUrl" text,
      "icon" text not null default 'info', "display" text not null default 'normal', "needConfirmationToRead" ${off},
      "silence" ${off}, "isActive" ${on}, "forExistingUsers" ${off}, "userId" ${id} ${ofUser})`,
    sql`create index "announcementUser" on "announcement" ("userId", "id")`,
    sql`create table "announcementRead" (
      "userId" ${id} not null ${ofUser},
      "announcementId" ${id} not null references "announcement" ("id") on delete cascade,
      primary key ("userId", "announcementId"))`,
    sql`create index "announcementReadAnnouncement" on "announcementRead" ("announcementId")`,
    sql`create table "emoji" (
      "id" ${id} primary key, "name" ${id} not null unique, "category" text, "aliases" ${json} not null,
      "url" text not null, "license" text, "localOnly" ${off}, "isSensitive" ${off}, "roleIds" ${json} not null)`,
  ]
  for (const statement of statements) await statement.execute(db)
}
