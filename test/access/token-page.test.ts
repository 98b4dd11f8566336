import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'

// What the page for tokens does with forms that are sent to it.

const cookieOf = ({ token }: Person) => ({ cookie: `mamekey=${token}` })

async function csrfOf(server: TestServer, person: Person): Promise<string> {
  const page = await (await fetch(`${server.origin}/settings/api`, { headers: cookieOf(person) })).text()
  return /name="csrf" value="([^"]+)"/.exec(page)![1]!
}

const post = (server: TestServer, person: Person, path: string, fields: [string, string][], origin = server.origin) =>
  fetch(`${server.origin}${path}`, {
    method: 'POST',
    headers: { ...cookieOf(person), origin },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })

const issue = async (server: TestServer, person: Person, name: string): Promise<string> =>
  (await server.call('miauth/gen-token', { session: null, name, permission: ['read:account'] }, person)).body.token

const works = async (server: TestServer, token: string) => (await server.call('i', {}, token)).status === 200

onEachDatabase('the page for tokens', (open) => {
  test('several grants are revoked at once, others stay', async () => {
    await using server = await open()
    const tokens = [
      await issue(server, server.alice, 'one'),
      await issue(server, server.alice, 'two'),
      await issue(server, server.alice, 'three'),
    ]
    const grants: { id: string; name: string }[] = (await server.call('i/apps', {}, server.alice)).body
    const ids = grants
      .filter(({ name }) => name === 'one' || name === 'two')
      .map(({ id }): [string, string] => ['id', id])
    const csrf = await csrfOf(server, server.alice)
    const answer = await post(server, server.alice, '/settings/api/revoke', [['csrf', csrf], ...ids])
    assert.equal(answer.status, 303)
    assert.deepEqual(await Promise.all(tokens.map((token) => works(server, token))), [false, false, true])
  })

  test('a form from elsewhere, or shown to someone else, does nothing', async () => {
    await using server = await open()
    const token = await issue(server, server.alice, 'one')
    const [{ id }] = (await server.call('i/apps', { sort: '+createdAt' }, server.alice)).body
    const csrf = await csrfOf(server, server.alice)
    const refused = [
      await post(server, server.alice, '/settings/api/revoke', [['id', id]]),
      await post(server, server.alice, '/settings/api/revoke', [
        ['csrf', 'x'],
        ['id', id],
      ]),
      await post(server, server.alice, '/settings/api/revoke', [
        ['csrf', await csrfOf(server, server.bob)],
        ['id', id],
      ]),
      await post(
        server,
        server.alice,
        '/settings/api/revoke',
        [
          ['csrf', csrf],
          ['id', id],
        ],
        'https://evil.example',
      ),
      await post(server, server.bob, '/settings/api/revoke', [
        ['csrf', csrf],
        ['id', id],
      ]),
    ]
    assert.deepEqual(
      refused.map(({ status }) => status),
      [403, 403, 403, 403, 403],
    )
    // Bob's own form cannot reach what is Alice's.
    await post(server, server.bob, '/settings/api/revoke', [
      ['csrf', await csrfOf(server, server.bob)],
      ['id', id],
    ])
    assert.ok(await works(server, token))
  })

  test('administration is given by administrators only, whatever the form says', async () => {
    await using server = await open()
    const fields = async (person: Person): Promise<[string, string][]> => [
      ['csrf', await csrfOf(server, person)],
      ['name', 'admin tool'],
      ['preset', 'custom'],
      ['permission', 'read:account'],
      ['permission', 'write:admin:meta'],
      ['permission', 'write:nonsense'],
      ['expires', '30d'],
    ]
    for (const [person, expected] of [
      [server.alice, ['read:account']],
      [server.admin, ['read:account', 'write:admin:meta']],
    ] as const) {
      assert.equal((await post(server, person, '/settings/api/issue', await fields(person))).status, 200)
      const [grant] = (await server.call('i/apps', { sort: '+createdAt' }, person)).body
      assert.deepEqual(grant.permission, expected)
    }
  })

  test('ending a device ends its token at once', async () => {
    await using server = await open()
    const { i } = (await server.call('signin-flow', { username: 'alice', password: 'mamekey' })).body
    assert.ok(await works(server, i))
    const page = await (await fetch(`${server.origin}/settings/api`, { headers: cookieOf(server.alice) })).text()
    const ids = [...page.matchAll(/end-session">.*?name="id" value="([^"]+)"/gs)].map(([, id]) => id!)
    const other = ids[0]!
    await post(server, server.alice, '/settings/api/end-session', [
      ['csrf', await csrfOf(server, server.alice)],
      ['id', other],
    ])
    assert.ok(!(await works(server, i)))
    assert.ok(await works(server, server.alice.token))
  })
})
