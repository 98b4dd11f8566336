import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase, type Person, readAnswer, type TestServer } from '../server.ts'
import { answer, ledTo, type Shown } from './legacy-flow.ts'

const allow: [string, string][] = [
  ['decision', 'allow'],
  ['permission', 'read:account'],
]
const refuse: [string, string][] = [['decision', 'refuse']]

/** Opens the address an application would open. */
async function openPage(server: TestServer, session: string, query: object, as: Person): Promise<Shown> {
  const parameters = new URLSearchParams({ name: 'Aria', permission: 'read:account', ...query })
  const address = `${server.origin}/miauth/${session}?${parameters}`
  const response = await fetch(address, { headers: { cookie: `mamekey=${as.token}` }, redirect: 'manual' })
  return { status: response.status, text: await response.text() }
}

const check = async ({ origin }: TestServer, session: string) =>
  (await readAnswer(await fetch(`${origin}/api/miauth/${session}/check`, { method: 'POST' }))).body

onEachDatabase('Asked by MiAuth', (open) => {
  test('of two answers to one session the first counts', async () => {
    await using server = await open()
    const { alice, bob } = server
    const [first, second] = [
      await openPage(server, 'session-1', {}, alice),
      await openPage(server, 'session-1', {}, bob),
    ]
    assert.equal((await answer(server, first, alice, allow)).status, 200)
    assert.equal((await answer(server, second, bob, allow)).status, 409)
    assert.equal((await check(server, 'session-1')).user.id, alice.id)
    assert.deepEqual((await server.call('i/authorized-apps', {}, bob)).body, [])
  })

  test('nobody is sent to a callback that is not what it looks like, or longer than an address', async () => {
    await using server = await open()
    const { alice } = server
    const callbacks = {
      'https://app.example/back': 'https://app.example/back?session=',
      'https://app.example/\tback': null,
      'https://app.exa\nmple/back': null,
      ' https://app.example/back': null,
      [`https://app.example/${'x'.repeat(8192)}`]: null,
    }
    for (const [n, [callback, wanted]] of Object.entries(callbacks).entries()) {
      for (const decision of [allow, refuse]) {
        const session = `${decision === allow ? 'allowed' : 'refused'}-${n}`
        const done = await answer(server, await openPage(server, session, { callback }, alice), alice, decision)
        assert.deepEqual([done.status, ledTo(done)], [200, wanted && wanted + session], callback.slice(0, 40))
        assert.equal((await check(server, session)).ok, decision === allow)
      }
    }
  })

  test('only a picture at a short https address is shown and kept', async () => {
    await using server = await open()
    const { alice } = server
    const icons = {
      'https://app.example/icon.png': true,
      'http://app.example/icon.png': false,
      'data:image/png,x': false,
      [`https://app.example/${'x'.repeat(512)}`]: false,
      'no address': false,
    }
    for (const [n, [icon, isKept]] of Object.entries(icons).entries()) {
      const page = await openPage(server, `session-${n}`, { icon }, alice)
      assert.equal(page.text.includes(`src="${icon}"`), isKept, icon.slice(0, 40))
      await answer(server, page, alice, allow)
      const { iconUrl } = await server.ctx.db
        .selectFrom('grant')
        .select('iconUrl')
        .where('kind', '=', 'miauth')
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow()
      assert.equal(iconUrl, isKept ? icon : null, icon.slice(0, 40))
    }
  })
})
