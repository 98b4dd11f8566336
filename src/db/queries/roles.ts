import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import type { RoleAssignmentTable, RoleTable } from '../schema/people.ts'

export type RoleRow = Selectable<RoleTable>
export type RoleAssignmentRow = Selectable<RoleAssignmentTable>

/**
 * A column for rows of "user": the roles a person was given, each with its end, as `readAssignments` reads them. It comes
 * with the row, so that showing people costs no question more.
 */
export const assignedRoles = sql<string | null>`(
  select string_agg("roleId" || ':' || coalesce("expiresAt", 0), ' ') from "roleAssignment"
  where "roleAssignment"."userId" = "user"."id")`.as('assignedRoles')

/** The roles in `assignedRoles`; `endsAt` is milliseconds since 1970, null for until it is taken away. */
export function readAssignments(text: string | null): { roleId: string; endsAt: number | null }[] {
  if (text === null) return []
  return text.split(' ').map((one) => {
    const [roleId = '', endsAt] = one.split(':')
    return { roleId, endsAt: Number(endsAt) || null }
  })
}

/** Every role, oldest first. */
export const allRoles = (db: Db): Promise<RoleRow[]> => db.selectFrom('role').selectAll().orderBy('id').execute()

export async function insertRole(db: Db, role: Insertable<RoleTable>): Promise<void> {
  await db.insertInto('role').values(role).execute()
}

/** Changes a role; false when there is none. */
export async function updateRole(db: Db, id: string, changes: Updateable<RoleTable>): Promise<boolean> {
  const row = await db.updateTable('role').set(changes).where('id', '=', id).returning('id').executeTakeFirst()
  return row !== undefined
}

/** Deletes a role and takes it from everyone; false when there is none. */
export async function deleteRoleRow(db: Db, id: string): Promise<boolean> {
  const row = await db.deleteFrom('role').where('id', '=', id).returning('id').executeTakeFirst()
  return row !== undefined
}

/** Gives somebody a role; false when they have it. One that has ended is given anew. */
export async function insertAssignment(
  db: Db,
  assignment: Insertable<RoleAssignmentTable>,
  now: number,
): Promise<boolean> {
  const { id, expiresAt } = assignment
  const row = await db
    .insertInto('roleAssignment')
    .values(assignment)
    .onConflict((conflict) =>
      conflict
        .columns(['userId', 'roleId'])
        .doUpdateSet({ id, expiresAt })
        .where('roleAssignment.expiresAt', '<=', now),
    )
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Takes a role from somebody; the end it had, or undefined when they did not have it. */
export const deleteAssignment = (
  db: Db,
  userId: string,
  roleId: string,
): Promise<{ expiresAt: number | null } | undefined> =>
  db
    .deleteFrom('roleAssignment')
    .where('userId', '=', userId)
    .where('roleId', '=', roleId)
    .returning('expiresAt')
    .executeTakeFirst()

/** How many people have each role, by its id; roles nobody has are left out. */
export async function memberCounts(
  db: Db,
  roleIds: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, number>> {
  if (roleIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('roleAssignment')
    .where('roleId', 'in', roleIds)
    .where((row) => row.or([row('expiresAt', 'is', null), row('expiresAt', '>', now)]))
    .groupBy('roleId')
    .select(['roleId', sql<number>`count(*)`.as('count')])
    .execute()
  return new Map(rows.map(({ roleId, count }) => [roleId, Number(count)]))
}

/**
 * A page of those who have a role, in the order in which they got it.
 * @param options.suspended whether suspended people are among them
 */
export function memberPage(
  db: Db,
  roleId: string,
  now: number,
  page: Page,
  options: { suspended: boolean },
): Promise<RoleAssignmentRow[]> {
  return db
    .selectFrom('roleAssignment')
    .innerJoin('user', 'user.id', 'roleAssignment.userId')
    .selectAll('roleAssignment')
    .where('roleId', '=', roleId)
    .where((row) => row.or([row('expiresAt', 'is', null), row('expiresAt', '>', now)]))
    .where('user.isDeleted', '=', false)
    .$if(!options.suspended, (query) => query.where('user.isSuspended', '=', false))
    .where('roleAssignment.id', '>', page.since ?? '')
    .where('roleAssignment.id', '<', page.until ?? '~')
    .orderBy('roleAssignment.id', page.order)
    .limit(page.limit)
    .execute()
}
