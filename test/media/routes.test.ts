import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setSuspended } from '../../src/db/queries/users.ts'
import { identicon } from '../../src/media/identicon.ts'
import { onEachDatabase, testServer } from '../server.ts'

test('an identicon may be kept for long, drawn by any page, and is nothing but a picture', async () => {
  await using server = await testServer()
  const response = await fetch(`${server.origin}/identicon/alice@mamekey.example`)
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('content-type'), 'image/png')
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
  assert.equal(response.headers.get('access-control-allow-origin'), '*')
  assert.match(response.headers.get('cache-control')!, /^public, max-age=\d{7,}$/)
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), identicon('alice@mamekey.example'))
})

test('hostile seeds are pictures or refusals, never failures', async () => {
  await using server = await testServer()
  const statusOf = async (seed: string) => (await fetch(`${server.origin}/identicon/${seed}`)).status
  for (const seed of ['%00', '..%2f..%2fetc%2fpasswd', '%E8%B1%86', '%3Csvg%20onload=alert(1)%3E', 'a'.repeat(400)]) {
    assert.equal(await statusOf(seed), 200, seed)
  }
  assert.equal(await statusOf('a'.repeat(401)), 414)
  assert.equal(await statusOf('a'.repeat(10_000)), 414)
  assert.equal(await statusOf('%ff'), 400)
})

onEachDatabase('the way to a person’s picture', (open) => {
  test('leads where the API says their picture is, in any case, with or without the host', async () => {
    await using server = await open()
    const { host } = new URL(server.origin)
    const { body } = await server.call('users/show', { username: 'alice' })
    for (const acct of ['alice', 'ALICE', `alice@${host}`, `Alice@${host.toUpperCase()}`]) {
      const { status, headers } = await avatar(server.origin, acct)
      assert.deepEqual([status, headers.get('location')], [302, body.avatarUrl], acct)
    }
    const followed = await fetch(`${server.origin}/avatar/@alice`)
    assert.equal(followed.headers.get('content-type'), 'image/png')
  })

  test('leads to the picture of nobody for who is not here, suspended, elsewhere or no name at all', async () => {
    await using server = await open()
    const { location: nobody } = await whereTo(server.origin, 'nobody_here')
    assert.match(nobody!, /\/identicon\/[^@]+$/)
    for (const acct of ['alice@other.example', 'alice@', '@', '%00', "alice'--", 'a'.repeat(300), '%E8%B1%86']) {
      const { status, location } = await whereTo(server.origin, acct)
      assert.deepEqual([status, location], [302, nobody], acct)
    }
    await server.ctx.transact((tx) => setSuspended(tx, server.bob.id, true))
    assert.equal((await whereTo(server.origin, 'bob')).location, nobody)
  })
})

const avatar = (origin: string, acct: string) => fetch(`${origin}/avatar/@${acct}`, { redirect: 'manual' })

async function whereTo(origin: string, acct: string): Promise<{ status: number; location: string | null }> {
  const { status, headers } = await avatar(origin, acct)
  return { status, location: headers.get('location') }
}
