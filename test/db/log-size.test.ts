import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { testDatabase } from './databases.ts'

test('the write-ahead log stays bounded under a load that never pauses', { timeout: 60_000 }, async () => {
  await using opened = await testDatabase('sqlite')
  const { database, settings } = opened
  const log = join(settings.data, 'mamekey.sqlite-wal')
  const value = JSON.stringify('x'.repeat(4000))
  let written = 0
  const writer = async (number: number) => {
    for (let round = 0; round < 1000; round++) {
      const name = `${round} of ${number}`
      await database.transact((tx) => tx.insertInto('setting').values({ name, value }).execute())
      written += value.length
    }
  }
  await Promise.all(Array.from({ length: 20 }, (_, number) => writer(number)))
  const { size } = statSync(log)
  assert.ok(size < 70e6, `${Math.round(size / 1e6)} MB of log for ${Math.round(written / 1e6)} MB written`)
})
