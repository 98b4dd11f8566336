import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { api } from 'misskey-js'
import { userPermissions } from '../../src/access/permission.ts'
import { bodyOf } from '../api/expect.ts'
import type { Person, TestServer } from '../server.ts'

export type Client = InstanceType<typeof api.APIClient>

/** Signs an app in by MiAuth: the person allows the session, the app fetches its token. */
export async function signIn(server: TestServer, person: Person): Promise<Client> {
  const session = randomUUID()
  const wanted = { session, name: 'An app', permission: [...userPermissions] }
  bodyOf(await server.call('miauth/gen-token', wanted, person))
  const { ok, token, user } = bodyOf(await server.call(`miauth/${session}/check`))
  assert.deepEqual([ok, user.username], [true, person.username])
  const client = new api.APIClient({ origin: server.origin, credential: token })
  assert.equal((await client.request('i', {})).id, person.id)
  return client
}

/** A page of a list. */
export type Listed = (page: { limit: number; untilId?: string; sinceId?: string }) => Promise<{ id: string }[]>

export const idsOf = async (list: Promise<{ id: string }[]>): Promise<string[]> => (await list).map(({ id }) => id)

const LIMIT = 30

/** Reads a list from its newest row to its end, while something else happens after each page. */
export async function readBack(read: Listed, meanwhile: () => Promise<void>): Promise<string[]> {
  const ids: string[] = []
  for (;;) {
    const last = ids.at(-1)
    const page = await idsOf(read({ limit: LIMIT, ...(last !== undefined && { untilId: last }) }))
    if (page.length === 0) return ids
    ids.push(...page)
    await meanwhile()
  }
}

/** Reads a list from a row, which is left out, to its newest one. */
export async function readForward(read: Listed, from: string): Promise<string[]> {
  const ids: string[] = []
  for (;;) {
    const page = await idsOf(read({ limit: LIMIT, sinceId: ids.at(-1) ?? from }))
    if (page.length === 0) return ids
    ids.push(...page)
  }
}
