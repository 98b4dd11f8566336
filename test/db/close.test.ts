import assert from 'node:assert/strict'
import { test } from 'node:test'
import { putSetting, settingsByName } from '../../src/db/queries/settings.ts'
import { onEachDatabase } from './databases.ts'

onEachDatabase('Closing', (open) => {
  test('waits for every read and write that was begun', { timeout: 20_000 }, async () => {
    await using opened = await open()
    const closing = await opened.again()
    // More than there are connections.
    const writes = Array.from({ length: 50 }, (_, number) =>
      closing.transact(async (tx) => {
        await new Promise((resolve) => setImmediate(resolve))
        await putSetting(tx, `n${number}`, number)
        return { number }
      }),
    )
    const reads = Array.from({ length: 50 }, () => settingsByName(closing.db))
    await closing.close()
    const outcomes = await Promise.all(writes)
    assert.deepEqual(
      outcomes.map(({ number }) => number),
      [...outcomes.keys()],
    )
    await Promise.all(reads)
    assert.equal(Object.keys(await settingsByName(opened.database.db)).length, 50)
  })

  test('leaves the rows for the next to open', async () => {
    await using opened = await open()
    const first = await opened.again()
    await first.transact((tx) => putSetting(tx, 'a', 1))
    await first.close()
    await assert.rejects(first.transact((tx) => putSetting(tx, 'a', 2)))
    const second = await opened.again()
    assert.deepEqual(await settingsByName(second.db), { a: 1 })
  })
})
