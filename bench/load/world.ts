import { digestOf } from '../../src/access/token.ts'
import type { Ctx } from '../../src/context.ts'
import { insertNote } from '../../src/db/queries/notes.ts'
import { insertSession } from '../../src/db/queries/sessions.ts'
import { putSetting } from '../../src/db/queries/settings.ts'
import { addToCounters, insertUser } from '../../src/db/queries/users.ts'
import { toJson } from '../../src/db/schema/json.ts'
import { createIds } from '../../src/lib/id.ts'
import { DAY } from '../../src/lib/time.ts'
import { randomFrom, textsFrom } from './text.ts'

const BUSY = 1000
const QUIET = 1000
/** Of all notes, the share that is by quiet people. */
const QUIET_SHARE = 0.02
/** Rows of a home timeline that are planted for each reader at most, as the server itself keeps them. */
const HOME_ROWS = 1000
const ANTENNAS = 200
/** Followers of the popular author. */
const FANS = 10_000
/** Rows that go in one transaction. */
const BATCH = 2000

/** People whose tokens the scenarios use: 16 characters each. */
export const tokens = {
  busy: 'benchBusyReader0',
  quiet: 'benchQuietReader',
  none: 'benchNoneReader0',
  author: 'benchAuthor00000',
  popular: 'benchPopular0000',
}

export interface World {
  userIds: string[]
  noteIds: string[]
}

/**
 * Plants 2,000 people who follow twenty others each, readers of a thousand busy people, of two hundred quiet ones and of
 * nobody, somebody with ten thousand followers, and so many notes of the last ninety days; home timelines as posting would have filled them.
 */
export async function plant(ctx: Ctx, noteCount: number, progress: (text: string) => void): Promise<World> {
  const random = randomFrom(20_261_120)
  const text = textsFrom(random)
  const now = Date.now()
  let clock = now - 91 * DAY
  const ids = createIds(() => clock)
  const userIds: string[] = []
  await inBatches(ctx, BUSY + QUIET, async (tx, index) => {
    const id = ids.next()
    userIds.push(id)
    await insertUser(
      tx,
      { id, username: `person${index}`, usernameLower: `person${index}`, name: `Person ${index}` },
      '',
    )
  })
  const readers = await plantReaders(ctx, ids.next)
  const follows = followsOf(userIds, readers, random)
  await inBatches(ctx, FANS, async (tx, index) => {
    const id = ids.next()
    await insertUser(tx, { id, username: `fan${index}`, usernameLower: `fan${index}` }, '')
    follows.push([id, readers.popular])
  })
  await inBatches(ctx, follows.length, async (tx, index) => {
    const [followerId, followeeId] = follows[index]!
    await tx.insertInto('following').values({ id: ids.next(), followerId, followeeId }).execute()
  })
  for (const [column, key] of [
    ['followersCount', 'followeeId'],
    ['followingCount', 'followerId'],
  ] as const) {
    await ctx.transact((tx) =>
      tx
        .updateTable('user')
        .set((row) => ({
          [column]: row
            .selectFrom('following')
            .select((count) => count.fn.countAll<number>().as('n'))
            .whereRef(`following.${key}`, '=', 'user.id'),
        }))
        .execute(),
    )
  }
  await plantAntennas(ctx, userIds, ids.next, random)

  const noteIds: string[] = []
  const counts = new Map<string, number>()
  const step = (90 * DAY) / noteCount
  await inBatches(ctx, noteCount, async (tx, index) => {
    clock = now - 90 * DAY + Math.floor(index * step)
    const id = ids.next()
    const isQuiet = random() < QUIET_SHARE
    const userId = userIds[Math.floor(random() * (isQuiet ? QUIET : BUSY)) + (isQuiet ? BUSY : 0)]!
    const target = random() < 0.2 ? noteIds[Math.floor(noteIds.length * (1 - random() ** 4 * 0.01))] : undefined
    noteIds.push(id)
    counts.set(userId, (counts.get(userId) ?? 0) + 1)
    const targetAuthor = target ? userIds[Math.floor(random() * BUSY)]! : null
    await insertNote(tx, {
      id,
      userId,
      visibility: random() < 0.85 ? 'public' : random() < 0.7 ? 'home' : 'followers',
      text: text(),
      cw: null,
      localOnly: false,
      reactionAcceptance: null,
      replyId: target ?? null,
      replyUserId: targetAuthor,
      renoteId: null,
      renoteUserId: null,
      renoteReplyUserId: null,
      renoteRenoteUserId: null,
      channelId: null,
      threadId: target ?? id,
      isPureRenote: false,
      tags: toJson([]),
      mentions: toJson(targetAuthor ? [targetAuthor] : []),
      visibleUserIds: toJson([]),
      fileIds: toJson([]),
      hasFiles: false,
      hasPoll: false,
    })
    if (index % 100_000 === 99_999) progress(`${index + 1} notes`)
  })
  await ctx.transact(async (tx) => {
    for (const [id, notes] of counts) await addToCounters(tx, id, { notes, updatedAt: now })
  })
  await plantHomes(ctx, noteIds)
  ctx.ids.after(noteIds.at(-1) ?? '')
  return { userIds, noteIds }
}

type Tx = Parameters<Parameters<Ctx['transact']>[0]>[0]

async function inBatches(ctx: Ctx, count: number, one: (tx: Tx, index: number) => Promise<void>): Promise<void> {
  for (let start = 0; start < count; start += BATCH) {
    await ctx.transact(async (tx) => {
      for (let index = start; index < Math.min(count, start + BATCH); index++) await one(tx, index)
    })
  }
}

async function plantReaders(ctx: Ctx, nextId: () => string): Promise<Record<keyof typeof tokens, string>> {
  const readers = {} as Record<keyof typeof tokens, string>
  await ctx.transact(async (tx) => {
    for (const [name, token] of Object.entries(tokens)) {
      const id = nextId()
      readers[name as keyof typeof tokens] = id
      await insertUser(tx, { id, username: name, usernameLower: name, name }, '')
      await insertSession(tx, { id: nextId(), userId: id, digest: digestOf(token), userAgent: null, ip: null })
    }
    await putSetting(tx, 'rootUserId', readers.author)
    await putSetting(tx, 'policies', { canSearchNotes: true })
  })
  return readers
}

function followsOf(userIds: string[], readers: Record<keyof typeof tokens, string>, random: () => number) {
  const follows: [follower: string, followee: string][] = []
  for (const followerId of userIds) {
    const followees = new Set<string>()
    while (followees.size < 20) followees.add(userIds[Math.floor(random() * userIds.length)]!)
    followees.delete(followerId)
    for (const followeeId of followees) follows.push([followerId, followeeId])
  }
  for (const followeeId of userIds.slice(0, BUSY)) follows.push([readers.busy, followeeId])
  for (const followeeId of userIds.slice(BUSY, BUSY + 200)) follows.push([readers.quiet, followeeId])
  for (const followerId of userIds.slice(0, 20)) follows.push([followerId, readers.author])
  return follows
}

async function plantAntennas(ctx: Ctx, userIds: string[], nextId: () => string, random: () => number): Promise<void> {
  await inBatches(ctx, ANTENNAS, async (tx, index) => {
    await tx
      .insertInto('antenna')
      .values({
        id: nextId(),
        userId: userIds[Math.floor(random() * userIds.length)]!,
        lastUsedAt: Date.now(),
        name: 'words',
        src: 'all',
        userListId: null,
        users: toJson([]),
        // Each waits for something else, and one of them for what is often written.
        keywords: toJson(index === 0 ? [['京都']] : [[`word${index}`, 'ka'], [`thing${Math.floor(random() * 1000)}`]]),
        excludeKeywords: toJson([]),
        caseSensitive: false,
        localOnly: false,
        excludeBots: false,
        withReplies: true,
        withFile: false,
        excludeNotesInSensitiveChannel: false,
      })
      .execute()
  })
}

/** The home timelines as posting fills them: the latest notes, above a floor which all readers share. */
async function plantHomes(ctx: Ctx, noteIds: string[]): Promise<void> {
  const followed = await ctx.db.selectFrom('following').select(['followerId', 'followeeId']).execute()
  const readersOf = Map.groupBy(followed, ({ followeeId }) => followeeId)
  const rows: { readerId: string; noteId: string }[] = []
  const counts = new Map<string, number>()
  const complete = new Map<string, string>()
  const authors = new Map(
    (
      await ctx.db
        .selectFrom('note')
        .select(['id', 'userId'])
        .where('id', '>', noteIds.at(-200_000) ?? '')
        .execute()
    ).map(({ id, userId }) => [id, userId]),
  )
  const everyone = await ctx.db.selectFrom('user').select('id').execute()
  for (const noteId of noteIds.toReversed()) {
    const author = authors.get(noteId)
    if (!author) break
    for (const readerId of [author, ...(readersOf.get(author) ?? []).map(({ followerId }) => followerId)]) {
      const count = (counts.get(readerId) ?? 0) + 1
      counts.set(readerId, count)
      if (count <= HOME_ROWS) rows.push({ readerId, noteId })
      else if (!complete.has(readerId)) complete.set(readerId, noteId)
    }
  }
  rows.sort((a, b) => (a.readerId < b.readerId ? -1 : a.readerId > b.readerId ? 1 : a.noteId < b.noteId ? -1 : 1))
  await inBatches(ctx, rows.length, async (tx, index) => {
    if (index % 500 === 0)
      await tx
        .insertInto('home')
        .values(rows.slice(index, index + 500))
        .execute()
  })
  const oldest = noteIds.at(-200_000)
  await inBatches(ctx, everyone.length, async (tx, index) => {
    const readerId = everyone[index]!.id
    const floor = complete.get(readerId) ?? oldest
    if (floor) await tx.insertInto('homeFloor').values({ readerId, noteId: floor }).execute()
  })
}
