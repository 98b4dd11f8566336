import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertInvalid, assertShape, bodyOf, fixture } from './expect.ts'
import { toldTo } from './notices.ts'
import { makeRole, own, roleParams } from './roles.ts'

const nobody = 'aaaaaaaaaaaaaaaa'
const policyNames = fixture<Record<string, string>>('shapes')['RolePolicies']!.split(' ')

const assign = (server: TestServer, roleId: string, to: Person, more: object = {}, by = server.admin) =>
  server.call('admin/roles/assign', { roleId, userId: to.id, ...more }, by)
const show = async (server: TestServer, { id }: Person, as: Person | null = null) =>
  bodyOf(await server.call('users/show', { userId: id }, as))
const names = (roles: { name: string }[]) => roles.map(({ name }) => name)

onEachDatabase('roles', (open) => {
  test('a role is made, with every policy there is', async () => {
    await using server = await open()
    const params = roleParams({ iconUrl: 'https://example.com/bean.png', policies: { mentionLimit: own(1, 2) } })
    const role = bodyOf(await server.call('admin/roles/create', params, server.admin))
    const { policies: _, ...plain } = params
    assertHas(role, { ...plain, preserveAssignmentOnMoveAccount: false, usersCount: 0, createdAt: role.updatedAt })
    assert.deepEqual(Object.keys(role.policies).toSorted(), policyNames.toSorted())
    assert.deepEqual(role.policies.mentionLimit, { useDefault: false, priority: 2, value: 1 })
    assert.deepEqual(role.policies.pinLimit, { useDefault: true, priority: 0, value: 5 })
    assert.deepEqual(role.policies.chatAvailability, { useDefault: true, priority: 0, value: 'available' })
    assert.deepEqual(bodyOf(await server.call('admin/roles/show', { roleId: role.id }, server.admin)), role)
    assert.deepEqual(bodyOf(await server.call('roles/show', { roleId: role.id })), role)
  })

  test('what cannot be made of a role', async () => {
    await using server = await open()
    const condition = (condFormula: object) => ({ target: 'conditional', condFormula })
    for (const [more, param] of [
      [{ name: undefined }, '#/required'],
      [{ iconUrl: 'javascript:alert(1)' }, '#/properties/iconUrl/pattern'],
      [{ target: 'random' }, '#/properties/target/enum'],
      [{ policies: { canInvite: own('yes') } }, '#/properties/policies/properties/canInvite/properties/value/type'],
      [{ policies: { pinLimit: own(1, 3) } }, '#/properties/policies/properties/pinLimit/properties/priority/maximum'],
      [condition({ id: 'a', type: 'isAdmired' }), '#/properties/condFormula/anyOf/0/maxProperties'],
    ] as const) {
      assertInvalid(await server.call('admin/roles/create', roleParams(more), server.admin), param)
    }
    const strange = roleParams({ iconUrl: '', policies: { canFly: own(true), canInvite: {} } })
    const role = bodyOf(await server.call('admin/roles/create', strange, server.admin))
    assert.deepEqual([role.iconUrl, role.policies.canFly], [null, undefined])
    assert.deepEqual(role.policies.canInvite, { useDefault: true, priority: 0, value: false })
  })

  test('a role is changed in part, and deleted', async () => {
    await using server = await open()
    const { admin, alice } = server
    const roleId = await makeRole(server, { policies: { canInvite: own(true) } })
    assertEmpty(await assign(server, roleId, alice))
    assert.equal(bodyOf(await server.call('i', {}, alice)).policies.canInvite, true)
    assertEmpty(
      await server.call('admin/roles/update', { roleId, name: 'Others', policies: { pinLimit: own(9) } }, admin),
    )
    const role = bodyOf(await server.call('admin/roles/show', { roleId }, admin))
    assertHas(role, { name: 'Others', description: 'They help', isPublic: true, usersCount: 1 })
    assert.ok(role.updatedAt >= role.createdAt)
    const { policies, roles } = bodyOf(await server.call('i', {}, alice))
    assert.deepEqual([policies.canInvite, policies.pinLimit, names(roles)], [false, 9, ['Others']])
    assertEmpty(await server.call('admin/roles/delete', { roleId }, admin))
    const after = bodyOf(await server.call('i', {}, alice))
    assert.deepEqual([after.policies.pinLimit, after.roles, after.badgeRoles], [5, [], []])
    for (const path of ['admin/roles/show', 'admin/roles/update', 'admin/roles/delete', 'admin/roles/users']) {
      assertError(await server.call(path, { roleId }, admin), path, 'NO_SUCH_ROLE')
    }
    assertError(await server.call('roles/users', { roleId }, admin), 'roles/users', 'NO_SUCH_ROLE')
  })

  test('a role is given and taken', async () => {
    await using server = await open()
    const { admin, alice } = server
    const roleId = await makeRole(server)
    assertError(await assign(server, nobody, alice), 'admin/roles/assign', 'NO_SUCH_ROLE')
    assertError(await assign(server, roleId, { ...alice, id: nobody }), 'admin/roles/assign', 'NO_SUCH_USER')
    const answers = await Promise.all([1, 2, 3].map(() => assign(server, roleId, alice)))
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [204, 400, 400])
    assertError(await assign(server, roleId, alice), 'admin/roles/assign', 'ALREADY_ASSIGNED')
    const unassign = (userId: string, role = roleId) =>
      server.call('admin/roles/unassign', { roleId: role, userId }, admin)
    assertError(await unassign(alice.id, nobody), 'admin/roles/unassign', 'NO_SUCH_ROLE')
    assertError(await unassign(nobody), 'admin/roles/unassign', 'NO_SUCH_USER')
    assertEmpty(await unassign(alice.id))
    assertError(await unassign(alice.id), 'admin/roles/unassign', 'NOT_ASSIGNED')
    assert.deepEqual((await show(server, alice)).roles, [])
  })

  test('a role may end by itself, and be given anew', async () => {
    await using server = await open()
    const { admin, alice } = server
    const roleId = await makeRole(server, { policies: { canInvite: own(true) } })
    assertEmpty(await assign(server, roleId, alice, { expiresAt: 1000 }))
    assert.deepEqual((await show(server, alice)).roles, [], 'an end in the past gives nothing')
    const expiresAt = Date.now() + 3_600_000
    assertEmpty(await assign(server, roleId, alice, { expiresAt }))
    const [member] = bodyOf(await server.call('admin/roles/users', { roleId }, admin))
    assert.equal(member.expiresAt, new Date(expiresAt).toISOString())
    assert.equal(bodyOf(await server.call('i', {}, alice)).policies.canInvite, true)
    assert.notEqual((await server.call('invite/create', {}, alice)).status, 403)
    // Stands for the hour that passes.
    await server.ctx.transact(async (tx, afterCommit) => {
      await tx.updateTable('roleAssignment').set({ expiresAt: Date.now() }).where('userId', '=', alice.id).execute()
      afterCommit(() => server.ctx.bus.publish({ type: 'roles', userId: alice.id }))
    })
    assert.equal((await server.call('invite/create', {}, alice)).status, 403)
    assert.equal(bodyOf(await server.call('i', {}, alice)).policies.canInvite, false)
    assert.deepEqual((await show(server, alice)).roles, [])
    assert.deepEqual(bodyOf(await server.call('admin/roles/users', { roleId }, admin)), [])
    assert.equal(bodyOf(await server.call('roles/show', { roleId })).usersCount, 0)
    assertError(
      await server.call('admin/roles/unassign', { roleId, userId: alice.id }, admin),
      'admin/roles/unassign',
      'NOT_ASSIGNED',
    )
    assertEmpty(await assign(server, roleId, alice))
    assertEmpty(await server.call('admin/roles/unassign', { roleId, userId: alice.id }, admin))
  })

  test('moderators give and take only the roles that say so', async () => {
    await using server = await open()
    const { admin, alice, bob, carol } = server
    const moderators = await makeRole(server, { name: 'Moderators', isModerator: true })
    const open_ = await makeRole(server, { name: 'Open', canEditMembersByModerator: true })
    assert.equal((await assign(server, open_, alice, {}, carol)).status, 403)
    assertEmpty(await assign(server, moderators, bob))
    assertHas(bodyOf(await server.call('i', {}, bob)), { isModerator: true, isAdmin: false })
    assertError(await assign(server, moderators, alice, {}, bob), 'admin/roles/assign', 'ACCESS_DENIED')
    assertEmpty(await assign(server, open_, alice, {}, bob))
    const take = (roleId: string, from: Person) => server.call('admin/roles/unassign', { roleId, userId: from.id }, bob)
    assertError(await take(moderators, bob), 'admin/roles/unassign', 'ACCESS_DENIED')
    assertEmpty(await take(open_, alice))
    assert.equal((await server.call('admin/roles/delete', { roleId: open_ }, bob)).status, 403)
    const administrators = await makeRole(server, { isAdministrator: true, canEditMembersByModerator: true })
    assertError(await assign(server, administrators, bob, {}, bob), 'admin/roles/assign', 'ACCESS_DENIED')
    assertError(await take(administrators, admin), 'admin/roles/unassign', 'ACCESS_DENIED')
    assertEmpty(await assign(server, administrators, bob))
    assertHas(bodyOf(await server.call('i', {}, bob)), { isModerator: true, isAdmin: true })
    assertEmpty(await server.call('admin/roles/delete', { roleId: open_ }, bob))
    assertEmpty(await server.call('admin/roles/unassign', { roleId: administrators, userId: bob.id }, admin))
    assertEmpty(await server.call('admin/roles/unassign', { roleId: moderators, userId: bob.id }, admin))
    assert.equal((await server.call('admin/roles/list', {}, bob)).status, 403, 'at once')
  })

  test('roles show on those who have them: the public ones to everyone, badges of others to moderators', async () => {
    await using server = await open()
    const { admin, alice, bob } = server
    for (const [name, displayOrder, more] of [
      ['low', 1, {}],
      ['high', 9, {}],
      ['plain', 5, { asBadge: false }],
      ['hidden', 7, { isPublic: false }],
    ] as const) {
      assertEmpty(await assign(server, await makeRole(server, { name, displayOrder, ...more }), alice))
    }
    const toBob = await show(server, alice, bob)
    assert.deepEqual(names(toBob.roles), ['high', 'plain', 'low'])
    assert.deepEqual(Object.keys(toBob.roles[0]).toSorted(), [
      'color',
      'description',
      'displayOrder',
      'iconUrl',
      'id',
      'isAdministrator',
      'isModerator',
      'name',
    ])
    assert.deepEqual(toBob.badgeRoles, [
      { name: 'high', iconUrl: null, displayOrder: 9 },
      { name: 'low', iconUrl: null, displayOrder: 1 },
    ])
    const toAdmin = await show(server, alice, admin)
    assert.deepEqual(names(toAdmin.badgeRoles), ['high', 'hidden', 'low'])
    assert.deepEqual(names(toAdmin.roles), ['high', 'plain', 'low'])
    const { createdNote } = bodyOf(await server.call('notes/create', { text: 'with a badge' }, alice))
    assert.deepEqual(names(createdNote.user.badgeRoles), ['high', 'low'])
    const [note] = bodyOf(await server.call('notes/local-timeline', {}, admin))
    assert.deepEqual(names(note.user.badgeRoles), ['high', 'hidden', 'low'])
  })

  test('policies of roles apply: silence, timelines, invitations, chat', async () => {
    await using server = await open()
    const { alice, bob } = server
    const policies = {
      canPublicNote: own(false),
      ltlAvailable: own(false),
      gtlAvailable: own(false),
      chatAvailability: own('unavailable'),
      mentionLimit: own(1),
    }
    const roleId = await makeRole(server, { policies })
    assertEmpty(await assign(server, roleId, alice))
    const { createdNote } = bodyOf(await server.call('notes/create', { text: 'quiet', visibility: 'public' }, alice))
    assert.equal(createdNote.visibility, 'home')
    assertHas(await show(server, alice, bob), { isSilenced: true, canChat: false })
    assertHas(await show(server, bob, alice), { isSilenced: false, canChat: true })
    const path = 'notes/local-timeline'
    assertError(await server.call(path, {}, alice), path, 'LTL_DISABLED')
    assertError(await server.call('notes/global-timeline', {}, alice), 'notes/global-timeline', 'GTL_DISABLED')
    const crowd = await server.call('notes/create', { text: '@bob @carol' }, alice)
    assertError(crowd, 'notes/create', 'CONTAINS_TOO_MANY_MENTIONS')
    assert.equal((await server.call(path, {}, bob)).status, 200)
    // A role that says nothing of it leaves it as it is for everyone, and yes is more than no.
    assertEmpty(await assign(server, await makeRole(server), alice))
    assert.equal((await server.call(path, {}, alice)).status, 200)
  })

  test('what everyone may do is set, and roles come on top', async () => {
    await using server = await open()
    const { admin, alice, bob } = server
    assertEmpty(await assign(server, await makeRole(server, { policies: { pinLimit: own(9) } }), alice))
    const set = (policies: object) => server.call('admin/roles/update-default-policies', { policies }, admin)
    assertEmpty(await set({ pinLimit: 2, clipLimit: 3, canFly: true }))
    const pinLimits = async () => [
      bodyOf(await server.call('i', {}, alice)).policies.pinLimit,
      bodyOf(await server.call('i', {}, bob)).policies.pinLimit,
    ]
    assert.deepEqual(await pinLimits(), [9, 2])
    const { policies } = bodyOf(await server.call('meta', {}))
    assert.deepEqual([policies.pinLimit, policies.clipLimit, policies.canFly], [2, 3, undefined])
    assertInvalid(await set({ pinLimit: 'many' }), '#/properties/policies/properties/pinLimit/type')
    assertEmpty(await set({}))
    assert.deepEqual(await pinLimits(), [9, 5])
  })

  test('a condition gives a role to whoever meets it', async () => {
    await using server = await open()
    const { alice, bob } = server
    const helpers = await makeRole(server)
    assertEmpty(await assign(server, helpers, alice))
    const condFormula = {
      id: '1',
      type: 'and',
      values: [
        { id: '2', type: 'roleAssignedTo', roleId: helpers },
        { id: '3', type: 'not', value: { id: '4', type: 'isSuspended' } },
      ],
    }
    const params = { name: 'Of helpers', target: 'conditional', condFormula, policies: { pinLimit: own(9) } }
    const roleId = await makeRole(server, params)
    assert.deepEqual(bodyOf(await server.call('roles/show', { roleId })).condFormula, condFormula)
    assert.deepEqual(names((await show(server, alice)).roles), ['Helpers', 'Of helpers'])
    assert.deepEqual((await show(server, bob)).roles, [])
    assert.equal(bodyOf(await server.call('i', {}, alice)).policies.pinLimit, 9)
    assert.equal(bodyOf(await server.call('i', {}, bob)).policies.pinLimit, 5)
  })

  test('roles are listed: all to moderators, the public ones that may be looked at to everyone', async () => {
    await using server = await open()
    const { admin, alice } = server
    for (const [name, more] of [
      ['first', {}],
      ['hidden', { isPublic: false }],
      ['closed', { isExplorable: false }],
      ['last', {}],
    ] as const) {
      assertEmpty(await assign(server, await makeRole(server, { name, ...more }), alice))
    }
    const all = bodyOf(await server.call('admin/roles/list', {}, admin))
    assert.deepEqual(names(all), ['last', 'closed', 'hidden', 'first'])
    assert.deepEqual(
      all.map(({ usersCount }: { usersCount: number }) => usersCount),
      [1, 1, 1, 1],
    )
    assert.deepEqual(names(bodyOf(await server.call('roles/list', {}, alice))), ['first', 'last'])
    const id = (name: string) => all.find((role: { name: string }) => role.name === name).id
    assert.equal((await server.call('roles/show', { roleId: id('closed') })).status, 200)
    assertError(await server.call('roles/show', { roleId: id('hidden') }, alice), 'roles/show', 'NO_SUCH_ROLE')
    for (const name of ['hidden', 'closed']) {
      assertError(await server.call('roles/users', { roleId: id(name) }, alice), 'roles/users', 'NO_SUCH_ROLE')
    }
  })

  test('members are listed in the order in which they came, in pages', async () => {
    await using server = await open()
    const { admin, alice, bob, carol } = server
    const roleId = await makeRole(server)
    for (const person of [alice, bob, carol]) assertEmpty(await assign(server, roleId, person))
    for (const [path, as] of [
      ['admin/roles/users', admin],
      ['roles/users', null],
    ] as const) {
      const page = async (params: object): Promise<{ id: string; user: { username: string } }[]> =>
        bodyOf(await server.call(path, { roleId, ...params }, as))
      const people = (rows: { user: { username: string } }[]) => rows.map(({ user }) => user.username)
      const all = await page({})
      assert.deepEqual(people(all), ['carol', 'bob', 'alice'])
      assert.deepEqual(people(await page({ limit: 2 })), ['carol', 'bob'])
      assert.deepEqual(people(await page({ untilId: all[1]!.id })), ['alice'])
      assert.deepEqual(people(await page({ sinceId: all[2]!.id })), ['bob', 'carol'])
    }
    const [own_] = bodyOf(await server.call('roles/users', { roleId }, carol))
    assertShape(own_.user, 'UserLite', 'detailed', 'me')
    assertEmpty(await server.call('admin/suspend-user', { userId: carol.id }, admin))
    const usernames = async (path: string, as: Person | null) =>
      bodyOf(await server.call(path, { roleId }, as)).map((row: { user: Person }) => row.user.username)
    assert.deepEqual(await usernames('roles/users', bob), ['bob', 'alice'])
    assert.deepEqual(await usernames('roles/users', admin), ['carol', 'bob', 'alice'])
    assert.deepEqual(await usernames('admin/roles/users', admin), ['carol', 'bob', 'alice'])
  })

  test('somebody is told of a role that everyone sees, and not of others', async () => {
    await using server = await open()
    const { alice } = server
    const told = () => toldTo(server, alice)
    assertEmpty(await assign(server, await makeRole(server, { isPublic: false }), alice))
    assert.deepEqual(await told(), [])
    const roleId = await makeRole(server)
    assertEmpty(await assign(server, roleId, alice))
    assert.deepEqual(
      (await told()).map(({ type, role }) => [type, role.id]),
      [['roleAssigned', roleId]],
    )
    assertEmpty(await server.call('admin/roles/delete', { roleId }, server.admin))
    assert.deepEqual(await told(), [])
  })

  test('a factor of a role makes its limits narrower or wider, and 0 lifts them', async () => {
    await using server = await open({ settings: { 'rate-limits': 'on' } })
    const { alice, bob, carol } = server
    const factorOf = async (person: Person, factor: number) =>
      assertEmpty(await assign(server, await makeRole(server, { policies: { rateLimitFactor: own(factor) } }), person))
    await factorOf(alice, 2)
    await factorOf(bob, 0)
    const limits = async (person: Person) =>
      (await server.call('following/delete', { userId: person.id }, person)).headers.get('ratelimit-policy')
    assert.equal(await limits(alice), '"following/delete";q=50;w=3600')
    assert.equal(await limits(bob), null)
    assert.equal(await limits(carol), '"following/delete";q=100;w=3600')
  })
})
