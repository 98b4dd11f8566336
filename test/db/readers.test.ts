import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { putSetting, settingsByName } from '../../src/db/queries/settings.ts'
import { onEachDatabase } from './databases.ts'

onEachDatabase('Readers', (open) => {
  test('never see what is rolled back later, nor half a transaction', { timeout: 30_000 }, async () => {
    await using opened = await open()
    const { db, transact } = opened.database
    const other = await opened.again()
    let writing = true
    const writer = async (name: string) => {
      for (let round = 0; round < 60; round++) {
        const fate = ['commit', 'string', 'throw', 'statement'][round % 4]
        const work = transact(async (tx) => {
          await putSetting(tx, `${name} left`, fate === 'commit' ? round : 'undone')
          // Others get to run in the middle of it.
          await new Promise((resolve) => setImmediate(resolve))
          await putSetting(tx, `${name} right`, fate === 'commit' ? round : 'undone')
          if (fate === 'throw') throw new Error('expected')
          if (fate === 'statement') await sql`insert into "setting" ("name") values ('no value')`.execute(tx)
          return fate === 'string' ? 'failure' : null
        })
        await work.catch(() => {})
      }
    }
    let looks = 0
    const reader = async (from: typeof db) => {
      while (writing) {
        const rows = await settingsByName(from)
        for (const [name, value] of Object.entries(rows)) {
          assert.notEqual(value, 'undone', `${name} was never committed`)
          const pair = name.replace(/left|right/, (side) => (side === 'left' ? 'right' : 'left'))
          assert.equal(rows[pair], value, `half of a transaction: ${name}`)
        }
        looks++
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    const readers = Promise.all([reader(db), reader(other.db)])
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(writer)).finally(() => {
      writing = false
    })
    await readers
    assert.ok(looks > 20, `only ${looks} looks`)
    assert.equal(Object.keys(await settingsByName(db)).length, 12)
  })
})
