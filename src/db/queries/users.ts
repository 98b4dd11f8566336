import { type Expression, type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared, preparedList } from '../prepared.ts'
import { toJson } from '../schema/json.ts'
import type { AccountTable, UserTable } from '../schema/people.ts'
import { assignedRoles } from './roles.ts'

/** A person, with the roles they were given. */
export type UserRow = Selectable<UserTable> & { assignedRoles: string | null }
/** An account, with what its person noted about themselves. */
export type AccountRow = Selectable<AccountTable> & { ownMemo: string | null }

const byId = prepared((db, p: Parameters<{ id: string }>) =>
  db.selectFrom('user').selectAll().select(assignedRoles).where('id', '=', p.id),
)
const byName = prepared((db, p: Parameters<{ name: string }>) =>
  db
    .selectFrom('user')
    .selectAll()
    .select(assignedRoles)
    .where('usernameLower', '=', p.name)
    .where('isDeleted', '=', false),
)
const accountById = prepared((db, p: Parameters<{ id: string }>) =>
  db
    .selectFrom('account')
    .selectAll()
    .select(
      sql<string | null>`(select "memo" from "userMemo" where "userId" = ${p.id} and "targetId" = ${p.id})`.as(
        'ownMemo',
      ),
    )
    .where('userId', '=', p.id),
)

export const userById = async (db: Db, id: string): Promise<UserRow | undefined> => (await byId(db, { id }))[0]

/** The person of a name in any case. */
export const userByName = async (db: Db, username: string): Promise<UserRow | undefined> =>
  (await byName(db, { name: username.toLowerCase() }))[0]

export const accountOf = async (db: Db, id: string): Promise<AccountRow | undefined> =>
  (await accountById(db, { id }))[0]

/** People by id, in no order. */
export const usersByIds = (db: Db, ids: readonly string[]): Promise<UserRow[]> => bySomeIds(db, ids, {})

const bySomeIds = preparedList((db, ids: Expression<string>[], _: Parameters<object>) =>
  db.selectFrom('user').selectAll().select(assignedRoles).where('id', 'in', ids),
)

/** Those of the names (in lower case) that somebody has. */
export async function usersByNames(db: Db, names: readonly string[]): Promise<{ id: string; usernameLower: string }[]> {
  if (names.length === 0) return []
  return db
    .selectFrom('user')
    .select(['id', 'usernameLower'])
    .where('usernameLower', 'in', names)
    .where('isDeleted', '=', false)
    .execute()
}

/** Everyone, oldest first, with the fields the command line shows. */
export const listUsers = (db: Db): Promise<Pick<UserRow, 'id' | 'username' | 'isSuspended' | 'notesCount'>[]> =>
  db.selectFrom('user').select(['id', 'username', 'isSuspended', 'notesCount']).orderBy('id').execute()

/** Takes a name for ever; false when it was ever taken before. Of several at once, one wins. */
export async function claimUsername(db: Db, usernameLower: string, usedAt: number): Promise<boolean> {
  const row = await db
    .insertInto('usedUsername')
    .values({ usernameLower, usedAt })
    .onConflict((conflict) => conflict.column('usernameLower').doNothing())
    .returning('usernameLower')
    .executeTakeFirst()
  return row !== undefined
}

export const usernameTaken = async (db: Db, usernameLower: string): Promise<boolean> =>
  (await db.selectFrom('usedUsername').select('usernameLower').where('usernameLower', '=', usernameLower).execute())
    .length > 0

/** Adds a person with the defaults of everything but what is given. */
export async function insertUser(
  db: Db,
  user: Pick<Insertable<UserTable>, 'id' | 'username' | 'usernameLower'> & { name?: string | null },
  passwordHash: string,
): Promise<void> {
  await db
    .insertInto('user')
    .values({ ...user, fields: toJson([]), alsoKnownAs: toJson([]) })
    .execute()
  await db
    .insertInto('account')
    .values({
      userId: user.id,
      passwordHash,
      emailNotificationTypes: toJson(['follow', 'receiveFollowRequest']),
      mutedWords: toJson([]),
      hardMutedWords: toJson([]),
      mutedInstances: toJson([]),
      notificationRecieveConfig: toJson({}),
    })
    .execute()
}

/** Changes what is given of a person. */
export async function updateUser(tx: Db, id: string, changes: Updateable<UserTable>): Promise<void> {
  await tx.updateTable('user').set(changes).where('id', '=', id).execute()
}

/** Changes what is given of a person's account, if anything is. */
export async function updateAccount(tx: Db, userId: string, changes: Updateable<AccountTable>): Promise<void> {
  if (Object.keys(changes).length === 0) return
  await tx.updateTable('account').set(changes).where('userId', '=', userId).execute()
}

export async function setSuspended(db: Db, id: string, isSuspended: boolean): Promise<void> {
  await db.updateTable('user').set({ isSuspended }).where('id', '=', id).execute()
}

export async function setPasswordHash(db: Db, userId: string, passwordHash: string): Promise<void> {
  await db.updateTable('account').set({ passwordHash }).where('userId', '=', userId).execute()
}

const count = prepared(
  (db, p: Parameters<{ id: string; notes: number; followers: number; following: number; updatedAt: number | null }>) =>
    db
      .updateTable('user')
      .set((row) => ({
        notesCount: row('notesCount', '+', p.notes),
        followersCount: row('followersCount', '+', p.followers),
        followingCount: row('followingCount', '+', p.following),
        updatedAt: row.fn.coalesce(p.updatedAt, row.ref('updatedAt')),
      }))
      .where('id', '=', p.id),
)

/** Adds to a person's counters; `updatedAt` is set when given. */
export async function addToCounters(
  db: Db,
  id: string,
  by: { notes?: number; followers?: number; following?: number; updatedAt?: number },
): Promise<void> {
  await count(db, {
    id,
    notes: by.notes ?? 0,
    followers: by.followers ?? 0,
    following: by.following ?? 0,
    updatedAt: by.updatedAt ?? null,
  })
}

/** Counts the day for `loggedInDays`, once a day. */
export async function countLoginDay(db: Db, userId: string, day: number): Promise<void> {
  await db
    .updateTable('account')
    .set((row) => ({ loggedInDays: row('loggedInDays', '+', 1), lastLoggedInDay: day }))
    .where('userId', '=', userId)
    .where((row) => row.or([row('lastLoggedInDay', 'is', null), row('lastLoggedInDay', '<', day)]))
    .execute()
}

/** What the gate asks about whom a token speaks for, and what their roles depend on. */
export const callerColumns = [
  'user.id',
  'user.username',
  'user.isSuspended',
  'user.movedToId',
  'user.isBot',
  'user.isCat',
  'user.isLocked',
  'user.isExplorable',
  'user.followersCount',
  'user.followingCount',
  'user.notesCount',
] as const

/** Remembers that a person was here. */
export async function touchUser(db: Db, id: string, lastActiveAt: number): Promise<void> {
  await db.updateTable('user').set({ lastActiveAt }).where('id', '=', id).execute()
}
