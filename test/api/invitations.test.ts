import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { lowestIdAt } from '../../src/lib/id.ts'
import { MINUTE } from '../../src/lib/time.ts'
import { onEachDatabase } from '../server.ts'
import { assertError, assertHas, assertInvalid, assertShape, bodyOf } from './expect.ts'

const unused = { createdBy: null, usedBy: null, usedAt: null, used: false }

onEachDatabase('invitations', (open) => {
  test('those whose policy allows it invite, as many as it says in its time', async () => {
    await using server = await open()
    const { alice, bob, admin } = server
    const invite = (as: typeof alice) => server.call('invite/create', {}, as)
    const denied = await invite(alice)
    assert.deepEqual([denied.status, denied.body.error.id], [403, '7f86f06f-7e15-4057-8561-f4b6d4ac755a'])
    bodyOf(await invite(admin))

    await changeSettings(server.ctx, { policies: { canInvite: true, inviteLimit: 2, inviteLimitCycle: 60 } })
    const first = bodyOf(await invite(alice))
    assertShape(first, 'InviteCode')
    assertHas(first, { ...unused, expiresAt: null })
    assert.match(first.code, /^[2-9A-HJ-NP-Z]{8,}$/)
    bodyOf(await invite(alice))
    assertError(await invite(alice), 'invite/create', 'EXCEEDED_LIMIT_OF_CREATE_INVITE_CODE')
    bodyOf(await invite(bob))
    for (let made = 0; made < 3; made++) bodyOf(await invite(admin))

    const id = `${lowestIdAt(Date.now() - 61 * MINUTE)}00000000`
    await server.ctx.transact((tx) => tx.updateTable('invitation').set({ id }).where('id', '=', first.id).execute())
    bodyOf(await invite(alice))
    assertError(await invite(alice), 'invite/create', 'EXCEEDED_LIMIT_OF_CREATE_INVITE_CODE')
  })

  test('the policy says how long an invitation is good for', async () => {
    await using server = await open()
    await changeSettings(server.ctx, { policies: { canInvite: true, inviteExpirationTime: 60 } })
    const before = Date.now()
    const end = Date.parse(bodyOf(await server.call('invite/create', {}, server.alice)).expiresAt)
    assert.ok(end >= before + 60 * MINUTE && end <= Date.now() + 60 * MINUTE)
  })

  test('moderators make any number, good until the moment they name', async () => {
    await using server = await open()
    const make = (params: object, as = server.admin) => server.call('admin/invite/create', params, as)
    assert.equal(bodyOf(await make({})).length, 1)
    const expiresAt = new Date(Date.now() + 60 * MINUTE).toISOString()
    const made = bodyOf(await make({ count: 3, expiresAt }))
    for (const one of made) {
      assertShape(one, 'InviteCode')
      assertHas(one, { ...unused, expiresAt })
    }
    assert.equal(new Set(made.map(({ code }: { code: string }) => code)).size, 3)
    for (const wrong of ['nonsense', '2020-01-01T00:00:00Z']) {
      assertError(await make({ expiresAt: wrong }), 'admin/invite/create', 'INVALID_DATE_TIME')
    }
    assertInvalid(await make({ count: 101 }), '#/properties/count/maximum')
    const refused = await make({}, server.alice)
    assert.deepEqual([refused.status, refused.body.error.code], [403, 'ROLE_PERMISSION_DENIED'])
  })

  test('a code is kept nowhere', async () => {
    await using server = await open()
    const [{ code }] = bodyOf(await server.call('admin/invite/create', {}, server.admin))
    const rows = await server.ctx.db.selectFrom('invitation').selectAll().execute()
    assert.equal(rows.length, 1)
    assert.ok(!JSON.stringify(rows).includes(code))
    assert.ok(!server.logged().includes(code))
  })
})
