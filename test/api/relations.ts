import type { Updateable } from 'kysely'
import type { BusEvent } from '../../src/bus/bus.ts'
import { insertUser } from '../../src/db/queries/users.ts'
import type { AccountTable, UserTable } from '../../src/db/schema/people.ts'
import type { Person, TestServer } from '../server.ts'
import { assertError, bodyOf } from './expect.ts'

export const NOBODY = 'aaaaaaaaaaaaaaaa'

/** Changes what a person is, and what only they may set. */
export const makePerson = (
  { ctx }: TestServer,
  { id }: Person,
  user: Updateable<UserTable>,
  account: Updateable<AccountTable> = {},
) =>
  ctx.transact(async (tx) => {
    if (Object.keys(user).length > 0) await tx.updateTable('user').set(user).where('id', '=', id).execute()
    if (Object.keys(account).length > 0) await tx.updateTable('account').set(account).where('userId', '=', id).execute()
  })

export const follow = async (server: TestServer, by: Person, of: Person, params: object = {}) =>
  bodyOf(await server.call('following/create', { userId: of.id, ...params }, by))

/** What one person is to another, as their page says. */
export const seen = async (server: TestServer, by: Person, of: Person) =>
  bodyOf(await server.call('users/show', { userId: of.id }, by))

/** How many a person follows, and how many follow them. */
export const countsOf = async (server: TestServer, { id }: Person) => {
  const { followingCount, followersCount } = bodyOf(await server.call('users/show', { userId: id }, server.admin))
  return [followingCount, followersCount]
}

/** What a person was told of others: type, by whom, and what more. */
export const toldTo = async ({ ctx }: TestServer, { id }: Person) => {
  const rows = await ctx.db.selectFrom('notification').selectAll().where('userId', '=', id).orderBy('id').execute()
  return rows.map(({ type, notifierId, data }) => [type, notifierId, data])
}

/** Calls an endpoint about each of these people and expects what is said of it. */
export async function assertErrors(
  server: TestServer,
  by: Person,
  cases: readonly (readonly [path: string, userId: string, code: string])[],
): Promise<void> {
  for (const [path, userId, code] of cases) assertError(await server.call(path, { userId }, by), path, code)
}

/** Collects the events of some types from now on. */
export function listen({ ctx }: TestServer, ...types: BusEvent['type'][]): BusEvent[] {
  const events: BusEvent[] = []
  ctx.bus.subscribe((event) => {
    if (types.includes(event.type)) events.push(event)
  })
  return events
}

/** Adds people who do nothing themselves; their ids. */
export async function addPeople({ ctx }: TestServer, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => ctx.ids.next())
  await ctx.transact(async (tx) => {
    for (const id of ids) await insertUser(tx, { id, username: `p${id}`, usernameLower: `p${id}` }, '')
  })
  return ids
}

/** The ids of a whole list, oldest first. */
export const idsIn = async (server: TestServer, path: string, by: Person | null, params: object = {}) =>
  bodyOf(await server.call(path, { limit: 100, ...params }, by))
    .map(({ id }: { id: string }) => id)
    .reverse()
