import { type Kysely, sql } from 'kysely'

/** Files and folders of people, what they are used for, and how much of its drive each person has used. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const postgres = dialect === 'postgres'
  const id = sql.raw(postgres ? 'text collate "C"' : 'text')
  const json = sql.raw(postgres ? 'json' : 'jsontext')
  const bytes = sql.raw('bigint')
  const off = sql.raw('boolean not null default false')
  const keyOnly = sql.raw(postgres ? '' : 'without rowid')

  const statements = [
    sql`create table "driveFolder" (
      "id" ${id} primary key, "userId" ${id} not null references "user" ("id") on delete cascade,
      "name" ${id} not null, "parentId" ${id})`,
    sql`create index "driveFolderParent" on "driveFolder" ("userId", "parentId", "id")`,
    sql`create table "driveFile" (
      "id" ${id} primary key, "userId" ${id} references "user" ("id") on delete set null,
      "folderId" ${id} references "driveFolder" ("id") on delete set null, "name" ${id} not null, "type" ${id} not null,
      "md5" ${id} not null, "size" ${bytes} not null, "comment" text, "isSensitive" ${off}, "properties" ${json} not null,
      "blurhash" text, "accessKey" ${id} not null unique, "webpublicKey" ${id} unique, "webpublicType" text,
      "thumbnailKey" ${id} unique, "thumbnailType" text, "uploadedFrom" text)`,
    sql`create index "driveFileUser" on "driveFile" ("userId", "id")`,
    sql`create index "driveFilePlace" on "driveFile" ("userId", "folderId", "id")`,
    sql`create index "driveFileName" on "driveFile" ("userId", "folderId", "name")`,
    sql`create index "driveFileHash" on "driveFile" ("userId", "md5")`,
    sql`create index "driveFileFolder" on "driveFile" ("folderId") where "folderId" is not null`,
    sql`create index "driveFileOwnerless" on "driveFile" ("id") where "userId" is null`,
    sql`create table "noteFile" (
      "fileId" ${id} not null references "driveFile" ("id") on delete cascade,
      "noteId" ${id} not null references "note" ("id") on delete cascade, primary key ("fileId", "noteId")) ${keyOnly}`,
    sql`create index "noteFileNote" on "noteFile" ("noteId")`,
    sql`alter table "account" add column "driveUsage" ${bytes} not null default 0`,
    sql`alter table "user" add column "avatarId" ${id}`,
    sql`alter table "user" add column "avatarKey" ${id}`,
    sql`alter table "user" add column "avatarBlurhash" text`,
    sql`alter table "user" add column "bannerId" ${id}`,
    sql`alter table "user" add column "bannerKey" ${id}`,
    sql`alter table "user" add column "bannerBlurhash" text`,
    sql`create index "userAvatar" on "user" ("avatarId") where "avatarId" is not null`,
    sql`create index "userBanner" on "user" ("bannerId") where "bannerId" is not null`,
    sql`create index "channelBanner" on "channel" ("bannerId") where "bannerId" is not null`,
    sql`alter table "emoji" add column "fileId" ${id} references "driveFile" ("id")`,
    sql`create index "emojiFile" on "emoji" ("fileId") where "fileId" is not null`,
  ]
  for (const statement of statements) await statement.execute(db)
}
