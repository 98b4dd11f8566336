import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Db, TransactionMisuse } from '../../src/db/database.ts'
import { claimSetting, putSetting, settingsByName } from '../../src/db/queries/settings.ts'
import { onEachDatabase } from './databases.ts'

const misuse = (words: RegExp) => (error: unknown) =>
  error instanceof TransactionMisuse && words.test(error.message) ? true : assert.fail(error as Error)

/** A write that violates a key: the statement fails. */
const insertTwice = async (tx: Db, name: string): Promise<void> => {
  await tx.insertInto('setting').values({ name, value: '1' }).execute()
  await tx.insertInto('setting').values({ name, value: '2' }).execute()
}

onEachDatabase('A transaction', (open) => {
  test('refuses the root database inside it, and is rolled back', { timeout: 10_000 }, async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    const work = transact(async (tx) => {
      await putSetting(tx, 'a', 1)
      await settingsByName(db)
    })
    await assert.rejects(work, misuse(/root database was used inside a transaction/))
    assert.deepEqual(await settingsByName(db), {})
  })

  test('refuses the root database even while all connections are taken', { timeout: 10_000 }, async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    const works = Array.from({ length: 30 }, () => transact(async () => void (await settingsByName(db))))
    for (const { status } of await Promise.allSettled(works)) assert.equal(status, 'rejected')
  })

  test('refuses another one inside it', { timeout: 10_000 }, async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    const work = transact(async (tx) => {
      await putSetting(tx, 'a', 1)
      await transact((inner) => putSetting(inner, 'b', 1))
    })
    await assert.rejects(work, misuse(/begun inside a transaction/))
    assert.deepEqual(await settingsByName(db), {})
  })

  test('may follow another in the same flow, also from what is done after a commit', async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    const followed = Promise.withResolvers<unknown>()
    await transact(async (tx, afterCommit) => {
      await putSetting(tx, 'a', 1)
      afterCommit(() => followed.resolve(transact((next) => putSetting(next, 'b', 2))))
    })
    await followed.promise
    await transact((tx) => putSetting(tx, 'c', 3))
    assert.deepEqual(await settingsByName(db), { a: 1, b: 2, c: 3 })
  })

  test('is the only way to write', async () => {
    await using opened = await open()
    const { db } = opened.database
    await assert.rejects(putSetting(db, 'a', 1), misuse(/write was sent to the root database/))
    await assert.rejects(db.deleteFrom('setting').execute(), misuse(/write was sent to the root database/))
    await assert.rejects(db.schema.dropTable('note').execute(), misuse(/write was sent to the root database/))
    assert.deepEqual(await settingsByName(db), {})
  })

  test('cannot be used after its end', async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    let kept: Db | undefined
    const late = Promise.withResolvers<void>()
    const left = await transact(async (tx) => {
      kept = tx
      return { write: late.promise.then(() => putSetting(tx, 'left behind', 1)) }
    })
    late.resolve()
    // On PostgreSQL the query builder is first to refuse it.
    await assert.rejects(left.write, /after the transaction had ended|already committed/)
    await assert.rejects(putSetting(kept!, 'kept', 1), /after the transaction had ended|already committed/)
    assert.deepEqual(await settingsByName(db), {})
  })

  test('is rolled back by a thrown error and by a returned string, which come back', async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    const fault = new Error('a bug')
    const thrown = transact(async (tx) => {
      await putSetting(tx, 'a', 1)
      throw fault
    })
    await assert.rejects(thrown, (error) => error === fault)
    const failure = await transact(async (tx) => {
      await putSetting(tx, 'a', 1)
      return 'noSuchThing'
    })
    assert.equal(failure, 'noSuchThing')
    assert.deepEqual(await settingsByName(db), {})
    assert.deepEqual(await transact(async (tx) => [await claimSetting(tx, 'a', 1)]), [true])
  })

  test('does what was registered in order, after the rows can be read, and never when it failed', async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    const done: string[] = []
    const rows = Promise.withResolvers<unknown>()
    await transact(async (tx, afterCommit) => {
      afterCommit(() => done.push('first'))
      await putSetting(tx, 'a', 1)
      afterCommit(() => {
        done.push('second')
        rows.resolve(settingsByName(db))
      })
      assert.deepEqual(done, [])
    }).then(() => done.push('resolved'))
    assert.deepEqual(done, ['first', 'second', 'resolved'])
    assert.deepEqual(await rows.promise, { a: 1 })

    const register = (_: Db, afterCommit: (action: () => void) => void) => afterCommit(() => done.push('failed'))
    await transact(async (tx, afterCommit) => {
      register(tx, afterCommit)
      return 'failure'
    })
    await assert.rejects(
      transact(async (tx, afterCommit) => {
        register(tx, afterCommit)
        await insertTwice(tx, 'b')
      }),
    )
    await transact((tx) => putSetting(tx, 'c', 1))
    assert.deepEqual(done, ['first', 'second', 'resolved'])
  })

  test('stands, with the rest of what was registered, when one of those actions fails', {
    timeout: 10_000,
  }, async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    const done: string[] = []
    const together = [1, 2, 3].map((number) =>
      transact(async (tx, afterCommit) => {
        await putSetting(tx, `n${number}`, number)
        afterCommit(() => {
          if (number === 2) throw new Error('a listener failed')
        })
        afterCommit(() => done.push(`after ${number}`))
      }),
    )
    await Promise.all(together)
    assert.deepEqual(await settingsByName(db), { n1: 1, n2: 2, n3: 3 })
    assert.deepEqual(done.sort(), ['after 1', 'after 2', 'after 3'])
    assert.deepEqual(
      opened.errors.map(({ message }) => message),
      ['a listener failed'],
    )
  })

  test('that fails does not hurt the others at the same time', async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    const works = Array.from({ length: 30 }, (_, number) =>
      transact(async (tx) => {
        await putSetting(tx, `n${number}`, number)
        if (number % 3 === 1) await insertTwice(tx, `twice${number}`)
        if (number % 3 === 2) return 'failure'
        return number
      }),
    )
    const outcomes = await Promise.allSettled(works)
    const kept = [...works.keys()].filter((number) => number % 3 === 0).map((number) => [`n${number}`, number])
    assert.deepEqual(await settingsByName(db), Object.fromEntries(kept))
    for (const [number, outcome] of outcomes.entries()) {
      assert.equal(outcome.status, number % 3 === 1 ? 'rejected' : 'fulfilled', `transaction ${number}`)
    }
  })

  test('can do nothing more once a statement in it has failed, though the failure was caught', async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    const isDuplicate = (error: unknown) => /unique|duplicate/i.test((error as Error).message)
    let second: unknown
    const goneOn = transact(async (tx) => {
      await putSetting(tx, 'before', 1)
      await insertTwice(tx, 'a').catch(() => {})
      second = await putSetting(tx, 'after', 1).catch((error: unknown) => error)
    })
    await assert.rejects(goneOn, isDuplicate)
    misuse(/after a statement in it had failed/)(second)
    assert.deepEqual(await settingsByName(db), {})

    const toldAsFailure = await transact(async (tx) => {
      await putSetting(tx, 'before', 1)
      return insertTwice(tx, 'a').then(
        () => null,
        () => 'taken',
      )
    })
    assert.equal(toldAsFailure, 'taken')
    assert.deepEqual(await settingsByName(db), {})
  })

  test('takes no undefined for null', async () => {
    await using opened = await open()
    const work = opened.database.transact((tx) =>
      tx
        .insertInto('usedUsername')
        .values({ usernameLower: 'a', usedAt: undefined as unknown as number })
        .execute(),
    )
    await assert.rejects(work)
    const read = opened.database.db
      .selectFrom('note')
      .select('id')
      .where('id', '=', undefined as unknown as string)
    await assert.rejects(read.execute(), /undefined/)
  })
})
