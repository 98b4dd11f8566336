import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newSetupLink } from '../../src/access/setup.ts'
import { onEachDatabase, readAnswer, type TestServer } from '../server.ts'

onEachDatabase('Who may have an account', (open) => {
  test('a setup link ends when there is an administrator, however they came to be', async () => {
    await using server = await open({ empty: true })
    const { pathname } = new URL(await newSetupLink(server.ctx))
    const statusOf = async () => (await fetch(server.origin + pathname, { redirect: 'manual' })).status
    assert.equal(await statusOf(), 200)
    const first = { username: 'root', password: 'a password' }
    assert.equal((await server.call('admin/accounts/create', first)).status, 200)
    assert.equal(await statusOf(), 410)
  })

  test('invitation codes cannot be guessed from one address for long', async () => {
    const settings = { 'rate-limits': 'on', 'trust-proxy': 'on', registration: 'invite' }
    await using server = await open({ settings })
    const statuses: number[] = []
    for (let n = 0; n < 31; n++) statuses.push(await guess(server, '203.0.113.1'))
    assert.deepEqual(statuses, [...Array(30).fill(400), 429])
    assert.equal(await guess(server, '198.51.100.7'), 400, 'others can still sign up')
  })
})

/** Signs up with a code that nobody was given, as a proxy in front of the server would report it. */
async function guess({ origin }: TestServer, address: string): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address }
  const body = JSON.stringify({ username: 'dora', password: 'a password', invitationCode: 'AAAABBBB' })
  return (await readAnswer(await fetch(`${origin}/api/signup`, { method: 'POST', headers, body }))).status
}
