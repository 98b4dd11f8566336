import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BusEvent } from '../../src/bus/bus.ts'
import { until } from '../jobs/waiting.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertInvalid, assertShape, bodyOf } from './expect.ts'
import { makeRole, own } from './roles.ts'

const path = 'i/update'
const update = async (server: TestServer, params: object, as: Person | string = server.alice) =>
  bodyOf(await server.call(path, params, as))
const mine = async (server: TestServer, as = server.alice) => bodyOf(await server.call('i', {}, as))

onEachDatabase('i/update', (open) => {
  test('every field is kept, answered, and shown', async () => {
    await using server = await open()
    const { alice, bob } = server
    const profile = {
      name: 'Alice A.',
      description: 'Hello, I am #RecTag Alice',
      location: 'Here',
      birthday: '2000-01-02',
      lang: 'en',
      isLocked: true,
      isBot: true,
      isCat: true,
      publicReactions: false,
      followingVisibility: 'followers',
      followersVisibility: 'private',
      chatScope: 'everyone',
      makeNotesFollowersOnlyBefore: -86400,
      makeNotesHiddenBefore: 1_700_000_000,
    }
    const account = {
      followedMessage: 'thanks!',
      isExplorable: false,
      hideOnlineStatus: true,
      carefulBot: true,
      autoAcceptFollowed: false,
      noCrawle: true,
      preventAiLearning: false,
      injectFeaturedNote: false,
      receiveAnnouncementEmail: false,
      alwaysMarkNsfw: true,
      autoSensitive: true,
      mutedWords: [['foo', 'bar'], '/re.*x/i'],
      hardMutedWords: [['baz']],
      mutedInstances: ['muted.example'],
      notificationRecieveConfig: {
        note: { type: 'all' },
        reaction: { type: 'following' },
        follow: { type: 'list', userListId: 'abc' },
      },
      emailNotificationTypes: ['follow'],
    }
    const answer = await update(server, { ...profile, ...account })
    assertShape(answer, 'UserLite', 'detailed', 'me', 'secrets')
    assertHas(answer, { ...profile, ...account, requireSigninToViewContents: 'absent' })
    assert.ok(Date.now() - Date.parse(answer.updatedAt) < 60_000)
    assertHas(await mine(server), { ...profile, ...account })
    assertHas(bodyOf(await server.call('users/show', { userId: alice.id }, bob)), profile)
    // What is left out stays, what is given as nothing is emptied.
    assertHas(await update(server, { requireSigninToViewContents: true }), {
      ...{ ...profile, ...account },
      requireSigninToViewContents: true,
    })
    const nothing = { description: null, location: null, birthday: null, lang: null, followedMessage: null }
    assertHas(await update(server, { ...nothing, makeNotesHiddenBefore: null, makeNotesFollowersOnlyBefore: null }), {
      ...nothing,
      makeNotesHiddenBefore: 'absent',
      makeNotesFollowersOnlyBefore: 'absent',
      name: 'Alice A.',
    })
    const emptied = {
      mutedWords: [],
      hardMutedWords: [],
      mutedInstances: [],
      notificationRecieveConfig: {},
      fields: [],
    }
    assertHas(await update(server, emptied), emptied)
  })

  test('names and fields of nothing but blanks are none; the others are trimmed', async () => {
    await using server = await open()
    assert.equal((await update(server, { name: '  Alice\t' })).name, 'Alice')
    assert.equal((await update(server, { name: '   ' })).name, null)
    await update(server, { name: 'Alice' })
    assert.equal((await update(server, { name: null })).name, null)
    const fields = [
      { name: ' site ', value: ' https://example.com' },
      { name: ' ', value: 'dropped' },
      { name: 'dropped', value: '' },
    ]
    assert.deepEqual((await update(server, { fields })).fields, [{ name: 'site', value: 'https://example.com' }])
  })

  test('secrets are for the person alone', async () => {
    await using server = await open()
    assertShape(await update(server, {}, server.alice.appToken), 'UserLite', 'detailed', 'me')
  })

  test('what is no profile', async () => {
    await using server = await open()
    const { alice } = server
    for (const [params, param] of [
      [{ name: 'n'.repeat(51) }, '#/properties/name/maxLength'],
      [{ description: '' }, '#/properties/description/minLength'],
      [{ birthday: '2000-1-2' }, '#/properties/birthday/pattern'],
      [{ birthday: '2000-04-31' }, '#/properties/birthday/pattern'],
      [{ lang: 'xx-yy' }, '#/properties/lang/enum'],
      [{ fields: Array(17).fill({ name: 'n', value: 'v' }) }, '#/properties/fields/maxItems'],
      [{ makeNotesHiddenBefore: 1e300 }, '#/properties/makeNotesHiddenBefore/maximum'],
      [{ chatScope: 'nobody' }, '#/properties/chatScope/enum'],
      [{ alsoKnownAs: ['@bob', '@bob'] }, '#/properties/alsoKnownAs/uniqueItems'],
    ] as const) {
      assertInvalid(await server.call(path, params, alice), param)
    }
    for (const [params, code] of [
      [{ avatarId: 'aaaaaaaaaaaaaaaa' }, 'NO_SUCH_AVATAR'],
      [{ bannerId: 'aaaaaaaaaaaaaaaa' }, 'NO_SUCH_BANNER'],
      [{ pinnedPageId: 'aaaaaaaaaaaaaaaa' }, 'NO_SUCH_PAGE'],
      [{ mutedWords: ['/(/'] }, 'INVALID_REGEXP'],
      [{ hardMutedWords: ['plain'] }, 'INVALID_REGEXP'],
      [{ mutedWords: ['/a/qq'] }, 'INVALID_REGEXP'],
      [{ mutedWords: [['w'.repeat(200)]] }, 'TOO_MANY_MUTED_WORDS'],
      [{ hardMutedWords: [['w'.repeat(200)]] }, 'TOO_MANY_MUTED_WORDS'],
      [{ alsoKnownAs: ['@nobody'] }, 'NO_SUCH_USER'],
      [{ alsoKnownAs: ['@bob@elsewhere.example'] }, 'NO_SUCH_USER'],
      [{ alsoKnownAs: ['???'] }, 'NO_SUCH_USER'],
      [{ alsoKnownAs: ['@bob', '@Alice'] }, 'FORBIDDEN_TO_SET_YOURSELF'],
      [{ avatarDecorations: [{ id: 'aaaa' }, { id: 'bbbb' }] }, 'RESTRICTED_BY_ROLE'],
    ] as const) {
      assertError(await server.call(path, { ...params, name: 'changed' }, alice), path, code)
    }
    assert.equal((await mine(server)).name, 'Alice', 'nothing of it was kept')
    assertHas(await update(server, { avatarId: null, bannerId: null, pinnedPageId: null, avatarDecorations: [] }), {
      ...{ avatarId: null, bannerId: null, pinnedPageId: null, avatarDecorations: [] },
    })
  })

  test('roles say how many words may be muted, and whether pictures may change', async () => {
    await using server = await open()
    const { admin, alice } = server
    const words = { mutedWords: [['w'.repeat(193)]] }
    assertEmpty(await server.call('admin/roles/update-default-policies', { policies: { wordMuteLimit: 199 } }, admin))
    assert.deepEqual((await update(server, words)).mutedWords, words.mutedWords)
    const policies = { wordMuteLimit: own(198, 1), canUpdateBioMedia: own(false, 1) }
    const roleId = await makeRole(server, { policies })
    assertEmpty(await server.call('admin/roles/assign', { roleId, userId: alice.id }, admin))
    assertError(await server.call(path, words, alice), path, 'TOO_MANY_MUTED_WORDS')
    for (const picture of ['avatarId', 'bannerId']) {
      assertError(await server.call(path, { [picture]: 'aaaaaaaaaaaaaaaa' }, alice), path, 'RESTRICTED_BY_ROLE')
    }
  })

  test('other accounts are named by name and shown by id', async () => {
    await using server = await open()
    const { bob, carol } = server
    const { host } = new URL(server.origin)
    const alsoKnownAs = ['@bob', `@CAROL@${host}`, 'bob']
    assert.deepEqual((await update(server, { alsoKnownAs })).alsoKnownAs, [bob.id, carol.id])
    assert.equal((await update(server, { alsoKnownAs: [] })).alsoKnownAs, null)
  })

  test('the hashtags of a description find its person, as long as they are in it', async () => {
    await using server = await open()
    const found = async (tag: string) =>
      bodyOf(await server.call('hashtags/users', { tag, sort: '+follower' })).map((one: Person) => one.username)
    await update(server, { description: 'I like #Tea and #ＣＯＦＦＥＥ and #tea' })
    await update(server, { description: '#tea' }, server.bob)
    assert.deepEqual([await found('tea'), await found('coffee')], [['bob', 'alice'], ['alice']])
    await update(server, { description: 'I like #water' })
    await update(server, { location: 'still there' })
    assert.deepEqual([await found('tea'), await found('coffee'), await found('water')], [['bob'], [], ['alice']])
    const { attachedUsersCount } = bodyOf(await server.call('hashtags/show', { tag: 'tea' }))
    assert.equal(attachedUsersCount, 1)
    await update(server, { description: null })
    assert.deepEqual(await found('water'), [])
  })

  test('who unlocks their account lets everybody follow who has asked to', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    await update(server, { isLocked: true, autoAcceptFollowed: false })
    for (const asker of [bob, carol]) bodyOf(await server.call('following/create', { userId: alice.id }, asker))
    assert.equal((await mine(server)).followersCount, 0)
    await update(server, { name: 'still locked' })
    assert.equal((await mine(server)).followersCount, 0)
    await update(server, { isLocked: false })
    await until(async () => (await mine(server)).followersCount === 2)
    assertHas(bodyOf(await server.call('users/show', { userId: alice.id }, bob)), { isFollowing: true })
  })

  test('whoever listens hears of it once, and what roles depend on holds at once', async () => {
    await using server = await open()
    const { alice } = server
    const condFormula = { id: 'a', type: 'isCat' }
    await makeRole(server, { target: 'conditional', condFormula, policies: { pinLimit: own(9) } })
    assert.equal((await mine(server)).policies.pinLimit, 5)
    const heard: BusEvent[] = []
    server.ctx.bus.subscribe((event) => heard.push(event))
    await update(server, { isCat: true })
    assert.deepEqual(heard, [{ type: 'user', id: alice.id }])
    assert.equal((await mine(server)).policies.pinLimit, 9)
    assert.equal((await server.call(path, { lang: 'xx' }, alice)).status, 400)
    assert.equal(heard.length, 1)
  })
})
