import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Db } from '../../src/db/database.ts'
import { type Parameters, prepared } from '../../src/db/prepared.ts'
import { claimMiauthGrant, insertGrant } from '../../src/db/queries/grants.ts'
import { insertNote, noteById } from '../../src/db/queries/notes.ts'
import { settingsByName } from '../../src/db/queries/settings.ts'
import { insertUser, userById } from '../../src/db/queries/users.ts'
import { toJson } from '../../src/db/schema/json.ts'
import { onEachDatabase } from './databases.ts'

const note = (id: string, userId: string) => ({
  id,
  userId,
  visibility: 'public' as const,
  text: 'quotes " \' \\, 京都 🍙',
  cw: null,
  localOnly: true,
  reactionAcceptance: null,
  replyId: null,
  replyUserId: null,
  renoteId: null,
  renoteUserId: null,
  renoteReplyUserId: null,
  renoteRenoteUserId: null,
  channelId: null,
  threadId: id,
  isPureRenote: false,
  tags: toJson(['京都', '"']),
  mentions: toJson([]),
  visibleUserIds: toJson([]),
  fileIds: toJson([]),
  hasFiles: false,
  hasPoll: false,
})

const addUser = (tx: Db, id: string) => insertUser(tx, { id, username: `U${id}`, usernameLower: `u${id}` }, 'hash')

onEachDatabase('Rows', (open) => {
  test('come back as what they are: booleans, JSON, large numbers, nulls', async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    const lastActiveAt = 1_900_000_000_123
    await transact(async (tx) => {
      await addUser(tx, 'a')
      await tx.updateTable('user').set({ lastActiveAt, isBot: true }).where('id', '=', 'a').execute()
      await insertNote(tx, note('n', 'a'))
    })
    const user = await userById(db, 'a')
    assert.deepEqual(
      { ...user },
      {
        id: 'a',
        username: 'Ua',
        usernameLower: 'ua',
        ...{ name: null, description: null, location: null, birthday: null, lang: null, followedMessage: null },
        ...{ fields: [], alsoKnownAs: [], isBot: true, isCat: false, isLocked: false, isExplorable: true },
        ...{ isSuspended: false, isDeleted: false, hideOnlineStatus: false, requireSigninToViewContents: false },
        ...{ publicReactions: true, followingVisibility: 'public', followersVisibility: 'public', chatScope: 'mutual' },
        ...{
          makeNotesFollowersOnlyBefore: null,
          makeNotesHiddenBefore: null,
          tags: [],
          assignedRoles: null,
          avatarId: null,
          bannerId: null,
        },
        ...{ avatarKey: null, avatarBlurhash: null, bannerKey: null, bannerBlurhash: null },
        ...{ movedToId: null, followersCount: 0, followingCount: 0, notesCount: 0, updatedAt: null, lastActiveAt },
      },
    )
    assert.deepEqual(
      { ...(await noteById(db, 'n')) },
      {
        ...{ ...note('n', 'a'), tags: ['京都', '"'], mentions: [], visibleUserIds: [], fileIds: [] },
        ...{ repliesCount: 0, renoteCount: 0, clippedCount: 0, reactionCount: 0 },
      },
    )
  })

  test('come back so from RETURNING, joins and subqueries too', async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    const permission = ['read:account', 'write:notes']
    const grant = { id: 'g', userId: 'a', kind: 'miauth' as const, miauthDigest: 'd', permission: toJson(permission) }
    const rest = { appId: null, clientId: null, name: null, description: null, iconUrl: null, expiresAt: null }
    const claimed = await transact(async (tx) => {
      await addUser(tx, 'a')
      await insertGrant(tx, { ...grant, ...rest, claimableUntil: 10 })
      return { grant: await claimMiauthGrant(tx, 'd', 5) }
    })
    assert.deepEqual({ ...claimed.grant }, { ...grant, ...rest, permission, claimableUntil: null })
    const joined = await db
      .selectFrom(db.selectFrom('user').select(['id', 'isCat', 'fields']).as('some'))
      .innerJoin('account', 'account.userId', 'some.id')
      .select(['some.isCat as cat', 'some.fields', 'account.noCrawle', 'account.mutedWords'])
      .execute()
    assert.deepEqual(
      joined.map((row) => ({ ...row })),
      [{ cat: false, fields: [], noCrawle: false, mutedWords: [] }],
    )
  })

  test('of JSON hold whatever JSON holds', async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    const values = { null: null, false: false, zero: 0, text: '', list: [1, 'a', null], tree: { a: { b: [{}] } } }
    await transact(async (tx) => {
      for (const [name, value] of Object.entries(values)) {
        await tx
          .insertInto('setting')
          .values({ name, value: toJson(value) })
          .execute()
      }
    })
    assert.deepEqual(await settingsByName(db), values)
  })

  test('are ordered and compared bytewise', async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    const names = ['0', 'A', 'Z', '_', 'a', 'a0', 'aZ', 'b', '~', 'é', '京']
    await transact(async (tx) => {
      for (const usernameLower of names.toReversed()) {
        await tx.insertInto('usedUsername').values({ usernameLower, usedAt: 1 }).execute()
      }
    })
    const rows = await db.selectFrom('usedUsername').select('usernameLower').orderBy('usernameLower').execute()
    assert.deepEqual(
      rows.map((row) => row.usernameLower),
      names,
    )
    const upper = await db.selectFrom('usedUsername').select('usernameLower').where('usernameLower', '<', 'a').execute()
    assert.equal(upper.length, 4)
  })

  test('are asked for by prepared queries with new values each time, in and out of transactions', async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    let built = 0
    const byName = prepared((from, p: Parameters<{ low: string; high: string; limit: number }>) => {
      built++
      return from
        .selectFrom('usedUsername')
        .select('usernameLower')
        .where('usernameLower', '>=', p.low)
        .where('usernameLower', '<=', p.high)
        .where('usernameLower', '!=', p.low)
        .orderBy('usernameLower')
        .limit(p.limit)
    })
    const add = prepared((from, p: Parameters<{ name: string; at: number }>) =>
      from.insertInto('usedUsername').values({ usernameLower: p.name, usedAt: p.at }),
    )
    const ask = async (from: Db, low: string, high: string, limit: number) =>
      (await byName(from, { low, high, limit })).map((row) => row.usernameLower)
    await transact(async (tx) => {
      for (const name of ['a', 'b', 'c', 'd']) await add(tx, { name, at: 1 })
      assert.deepEqual(await ask(tx, 'a', 'c', 10), ['b', 'c'])
    })
    assert.deepEqual(await ask(db, 'b', 'd', 10), ['c', 'd'])
    assert.deepEqual(await ask(db, 'b', 'd', 1), ['c'])
    assert.deepEqual(await ask(db, 'x', 'z', 1), [])
    assert.ok(built <= 2, `built ${built} times`)
    await assert.rejects(byName(db, { low: 'a', high: 'b' } as never), /undefined/)

    // Another database has its own, and neither is mixed up with the other.
    await using another = await open()
    assert.deepEqual(await ask(another.database.db, 'a', 'z', 10), [])
    assert.deepEqual(await ask(db, 'b', 'd', 10), ['c', 'd'])
  })

  test('must refer to what there is, and go with what they hang on', async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    await assert.rejects(
      transact((tx) => insertNote(tx, note('n', 'nobody'))),
      /foreign key/i,
    )
    await transact(async (tx) => {
      for (const id of ['a', 'b', 'c']) await addUser(tx, id)
      await tx.insertInto('following').values({ id: 'f', followerId: 'a', followeeId: 'b' }).execute()
      await insertNote(tx, note('n', 'a'))
      await insertNote(tx, note('m', 'b'))
      const addressee = { noteId: 'n', userId: 'b', isMentioned: true, isRecipient: false }
      await tx
        .insertInto('noteAddressee')
        .values([addressee, { ...addressee, noteId: 'm', userId: 'a' }])
        .execute()
      await tx.insertInto('poll').values({ noteId: 'n', multiple: false, expiresAt: null }).execute()
      await tx.insertInto('pollChoice').values({ noteId: 'n', position: 0, text: 'x' }).execute()
      await tx.insertInto('session').values({ id: 's', userId: 'a', digest: 'd', userAgent: null, ip: null }).execute()
      const invitation = { expiresAt: null, createdById: 'a' }
      await tx
        .insertInto('invitation')
        .values({ ...invitation, id: 'i', codeDigest: 'i', usedById: 'b' })
        .execute()
      await tx
        .insertInto('invitation')
        .values({ ...invitation, id: 'j', codeDigest: 'j', usedById: 'a' })
        .execute()
      await sql`insert into "grant" ("id", "userId", "kind", "permission") values ('g', 'a', 'manual', '[]')`.execute(
        tx,
      )
      await sql`insert into "accessToken" ("id", "grantId", "userId", "digest") values ('t', 'g', 'a', 'd')`.execute(tx)
    })
    await transact(async (tx) => {
      await tx.deleteFrom('user').where('id', '=', 'a').execute()
    })
    const left: Record<string, number> = {}
    const tables = ['user', 'account', 'following', 'note', 'noteAddressee', 'poll', 'pollChoice', 'session'] as const
    for (const table of [...tables, 'grant', 'accessToken', 'invitation'] as const) {
      left[table] = (await sql`select 1 from ${sql.table(table)}`.execute(db)).rows.length
    }
    assert.deepEqual(left, {
      ...{ user: 2, account: 2, following: 0, note: 1, noteAddressee: 0, poll: 0, pollChoice: 0, session: 0 },
      ...{ grant: 0, accessToken: 0, invitation: 2 },
    })
    const invitations = await db.selectFrom('invitation').select(['createdById', 'usedById']).orderBy('id').execute()
    assert.deepEqual(
      invitations.map((row) => ({ ...row })),
      [
        { createdById: null, usedById: 'b' },
        { createdById: null, usedById: null },
      ],
    )
  })
})
