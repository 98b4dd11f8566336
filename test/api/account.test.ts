import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { DAY } from '../../src/lib/time.ts'
import { onEachDatabase } from '../server.ts'
import { assertHas, assertShape, bodyOf } from './expect.ts'

onEachDatabase('i', (open) => {
  test('a person sees themselves whole; an application sees them without secrets', async () => {
    await using server = await open()
    const { alice, admin } = server
    const own = bodyOf(await server.call('i', {}, alice))
    assertShape(own, 'UserLite', 'detailed', 'me', 'secrets')
    assertShape(own.policies, 'RolePolicies')
    assertShape(bodyOf(await server.call('i', {}, alice.appToken)), 'UserLite', 'detailed', 'me')
    assertShape(bodyOf(await server.call('i', {}, admin)), 'UserLite', 'detailed', 'me', 'secrets', 'moderator')
    assertHas(own, {
      id: alice.id,
      username: 'alice',
      avatarId: null,
      isModerator: false,
      isAdmin: false,
      email: null,
      emailVerified: false,
      securityKeysList: [],
      twoFactorBackupCodesStock: 'none',
      isFollowing: 'absent',
      emailNotificationTypes: ['follow', 'receiveFollowRequest'],
      notificationRecieveConfig: {},
      mutedWords: [],
      autoAcceptFollowed: true,
      preventAiLearning: true,
      noCrawle: false,
      isExplorable: true,
      hasUnreadSpecifiedNotes: false,
      unreadNotificationsCount: 0,
    })
    assertHas(bodyOf(await server.call('i', {}, admin)), { isModerator: true, isAdmin: true, moderationNote: '' })
  })

  test('the policies are those in force', async () => {
    await using server = await open()
    const before = bodyOf(await server.call('i', {}, server.alice)).policies
    assertHas(before, {
      canPublicNote: true,
      canInvite: false,
      driveCapacityMb: 100,
      pinLimit: 5,
      rateLimitFactor: 1,
      inviteLimitCycle: 10_080,
      chatAvailability: 'available',
      canSearchNotes: false,
      mentionLimit: 20,
    })
    await changeSettings(server.ctx, { policies: { pinLimit: 7 } })
    const after = bodyOf(await server.call('i', {}, server.alice)).policies
    assert.deepEqual(after, { ...before, pinLimit: 7 })
  })

  test('days are counted, each once', async () => {
    await using server = await open()
    const { alice } = server
    const days = async () => bodyOf(await server.call('i', {}, alice)).loggedInDays
    assert.equal(await days(), 1)
    assert.equal(await days(), 1)
    const yesterday = { lastLoggedInDay: Math.floor(Date.now() / DAY) - 1 }
    const update = (set: object) =>
      server.ctx.transact((tx) => tx.updateTable('account').set(set).where('userId', '=', alice.id).execute())
    await update(yesterday)
    await Promise.all([days(), days(), days()])
    assert.equal(await days(), 2, 'calls at once count one day')
  })
})
