import assert from 'node:assert/strict'
import { test } from 'node:test'
import { later } from '../../src/core/later.ts'
import { enqueue } from '../../src/db/queries/jobs.ts'
import type { Handler } from '../../src/jobs/handler.ts'
import { handlers } from '../../src/jobs/handlers.ts'
import { startJobs } from '../../src/jobs/start.ts'
import { onEachDatabase, testDatabase } from '../db/databases.ts'
import { missing } from '../require.ts'
import { fakeContext, type WorkerContext } from './context.ts'
import { until } from './waiting.ts'

type PollEnded = Handler<{ noteId: string; after?: string }>

const jobsOf = ({ ctx }: WorkerContext) => ctx.db.selectFrom('job').selectAll().orderBy('id').execute()

const ask = ({ ctx }: WorkerContext, noteId: string, runAt?: number) =>
  ctx.transact((tx, afterCommit) =>
    later(ctx, tx, afterCommit, { kind: 'pollEnded', data: { noteId }, ...(runAt !== undefined && { runAt }) }),
  )

/** Handlers that note what they were given. */
function recorder(handle: PollEnded = async () => undefined) {
  const seen: { noteId: string; attempt: number }[] = []
  const pollEnded: PollEnded = (ctx, work) => {
    seen.push({ noteId: work.data.noteId, attempt: work.attempt })
    return handle(ctx, work)
  }
  return { seen, handlers: { ...handlers, pollEnded } }
}

onEachDatabase('the queue of jobs', (open) => {
  test('is done at once, each when it is due, and is empty then', async () => {
    await using opened = await open()
    const context = fakeContext(opened.database)
    const { seen, handlers } = recorder()
    await ask(context, 'before the start')
    const jobs = startJobs(context.ctx, handlers)
    await until(() => seen.length === 1)
    const due = Date.now() + 300
    await ask(context, 'later', due)
    await ask(context, 'now')
    await until(() => seen.length === 3)
    assert.ok(Date.now() >= due)
    assert.deepEqual(
      seen.map(({ noteId }) => noteId),
      ['before the start', 'now', 'later'],
    )
    await until(
      () => jobsOf(context),
      ({ length }) => length === 0,
    )
    await jobs.close()
  })

  test('keeps what failed for later, and what was cut short for at once', async () => {
    await using opened = await open()
    const context = fakeContext(opened.database)
    const failing = recorder(async (_, { data, signal }) => {
      if (data.noteId === 'throws') throw new Error('it broke')
      if (data.noteId === 'waits') await new Promise((resolve) => signal.addEventListener('abort', resolve))
      return 'again'
    })
    const jobs = startJobs(context.ctx, failing.handlers)
    for (const noteId of ['throws', 'again', 'waits']) await ask(context, noteId)
    const isBack = (rows: { takenUntil: number; attempts: number }[]) =>
      rows.every(({ attempts }) => attempts === 1) && rows.filter(({ takenUntil }) => takenUntil === 0).length === 2
    await until(() => jobsOf(context), isBack)
    await jobs.close()
    const [threw, again, waited] = await jobsOf(context)
    for (const row of [threw, again]) {
      assert.equal(row?.attempts, 1)
      assert.ok(row.runAt > Date.now() + 5000 && row.runAt < Date.now() + 15_000, 'some ten seconds later')
    }
    assert.deepEqual([waited?.attempts, waited?.takenUntil], [0, 0])
    assert.deepEqual(
      context.logged.filter(({ level }) => level === 'error').map(({ fields }) => (fields['err'] as Error).message),
      ['it broke'],
    )
    // The next start does what was cut short, and not what waits.
    const { seen, handlers } = recorder()
    const next = startJobs(context.ctx, handlers)
    await until(() => seen.length > 0)
    await next.close()
    assert.deepEqual(seen, [{ noteId: 'waits', attempt: 1 }])
  })

  test('gives up in the end', async () => {
    await using opened = await open()
    const context = fakeContext(opened.database)
    const row = { id: 'old', kind: 'pollEnded', data: '{"noteId":"x"}', runAt: 0, attempts: 9 }
    const unknown = { id: 'unknown', kind: 'nothing', data: '{}', runAt: 0, attempts: 9 }
    await context.ctx.transact((tx) => tx.insertInto('job').values([row, unknown]).execute())
    const { seen, handlers } = recorder(async () => 'again')
    const jobs = startJobs(context.ctx, handlers)
    await until(
      () => jobsOf(context),
      ({ length }) => length === 0,
    )
    await jobs.close()
    assert.deepEqual(seen, [{ noteId: 'x', attempt: 10 }])
    assert.equal(context.logged.filter(({ message }) => message === 'A job was given up').length, 2)
  })

  test('does again what a process had when it died, and does not believe it when it comes back', async () => {
    await using opened = await open()
    const context = fakeContext(opened.database)
    let back: Promise<unknown> | undefined
    const { promise: turned, resolve: turn } = Promise.withResolvers<void>()
    const sleeper = recorder(async (_, { done }) => {
      await turned
      back = context.ctx.transact(async (tx) => ((await done(tx)) ? { done: true } : 'lost'))
      await back
      return undefined
    })
    const first = startJobs(context.ctx, sleeper.handlers)
    await ask(context, 'n')
    await until(() => sleeper.seen.length === 1)
    // Its lease has run out.
    await context.ctx.transact((tx) => tx.updateTable('job').set({ runAt: 1 }).execute())
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const { seen, handlers } = recorder(async () => {
      await held
      return undefined
    })
    const second = startJobs(fakeContext(await opened.again()).ctx, handlers)
    await until(() => seen.length === 1)
    assert.deepEqual(seen, [{ noteId: 'n', attempt: 2 }])
    turn()
    await first.close()
    assert.equal(await back, 'lost')
    assert.equal((await jobsOf(context)).length, 1, 'still the other one’s')
    release()
    await until(
      () => jobsOf(context),
      ({ length }) => length === 0,
    )
    await second.close()
  })
})

test('jobs are done by one of several processes, and once', { skip: missing('postgres') }, async () => {
  await using opened = await testDatabase('postgres')
  const processes = [opened.database, await opened.again(), await opened.again()].map((one) => fakeContext(one))
  const { seen, handlers } = recorder()
  const [first] = processes as [WorkerContext]
  await first.ctx.transact(async (tx) => {
    for (let number = 0; number < 60; number++) {
      const data = { noteId: String(number) }
      await enqueue(tx, { id: first.ctx.ids.next(), kind: 'pollEnded', data, runAt: Date.now() })
    }
  })
  const all = processes.map(({ ctx }) => startJobs(ctx, handlers))
  await until(
    () => jobsOf(first),
    ({ length }) => length === 0,
  )
  await Promise.all(all.map((one) => one.close()))
  const done = seen.map(({ noteId }) => Number(noteId)).sort((a, b) => a - b)
  assert.deepEqual(
    done,
    Array.from({ length: 60 }, (_, number) => number),
  )
})
