import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { FILLERS, fillIndex, post } from '../api/search.ts'
import { mamekey, running } from '../cli/program.ts'
import { until } from '../jobs/waiting.ts'
import { call, testServer } from '../server.ts'
import { findPlace, folder, onEachDatabase } from './place.ts'

onEachDatabase('The search index', (name) => {
  test('is in no backup, and makes itself anew after a restore', async () => {
    await using to = await findPlace(name)
    await using server = await testServer('sqlite')
    await changeSettings(server.ctx, { policies: { canSearchNotes: true } })
    using archives = folder()
    const file = join(archives.path, 'backup.tar')
    const noteId = await post(server, server.alice, { text: 'kumquat' })
    await fillIndex(server)
    const made = await mamekey(['backup', file, '--data', server.data, '--database', 'sqlite'])
    assert.equal(made.code, 0, made.err)
    const restored = await mamekey(['restore', file, ...to.flags])
    assert.equal(restored.code, 0, restored.err)
    assert.doesNotMatch(`${made.out}${made.err}${restored.out}${restored.err}`, /search/)

    await using again = await running('start', to.flags)
    const ids = async (query: string, limit: number) => {
      const { body } = await call(again.origin, 'notes/search', { query, limit }, server.admin)
      return body.map(({ id }: { id: string }) => id)
    }
    assert.deepEqual(await ids('kumquat', 10), [noteId])
    await until(async () => (await ids('§', 100)).length === FILLERS)
    assert.deepEqual(await ids('kumquat', 10), [noteId])
    const { body } = await call(again.origin, 'users/search', { query: 'lice' }, null)
    assert.equal(body[0]?.id, server.alice.id)
  })
})
