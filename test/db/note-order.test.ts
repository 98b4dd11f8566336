import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { pino } from 'pino'
import { readConfig } from '../../src/config/config.ts'
import { start } from '../../src/server.ts'
import { missing } from '../require.ts'
import { call, type TestServer, testServer } from '../server.ts'

const WRITERS = 20
const NOTES_EACH = 15

/** What a client does that asks again and again for what came after the last note it saw. */
async function poll(origin: string, isOver: () => boolean): Promise<string[]> {
  const seen: string[] = []
  for (;;) {
    const wasOver = isOver()
    const { status, body } = await call(
      origin,
      'notes/global-timeline',
      { sinceId: seen.at(-1) ?? '0', limit: 7 },
      null,
    )
    assert.equal(status, 200)
    seen.push(...body.map(({ id }: { id: string }) => id))
    if (wasOver && body.length === 0) return seen
  }
}

async function storm(server: TestServer, origins: string[]): Promise<void> {
  let over = false
  const polls = Promise.all(origins.map((origin) => poll(origin, () => over)))
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    const ids: string[] = []
    for (let round = 0; round < NOTES_EACH; round++) {
      const author = [server.admin, server.alice, server.bob, server.carol][writer % 4]!
      const origin = origins[writer % origins.length]!
      // Polls make longer transactions among the short ones.
      const more = writer % 3 === 0 ? { poll: { choices: ['a', 'b'] } } : {}
      const { status, body } = await call(origin, 'notes/create', { text: `${writer} ${round} @bob`, ...more }, author)
      assert.equal(status, 200)
      ids.push(body.createdNote.id)
    }
    return ids
  })
  const made = (await Promise.all(writers).finally(() => (over = true))).flat().sort()
  assert.equal(new Set(made).size, WRITERS * NOTES_EACH)
  for (const seen of await polls) assert.deepEqual(seen, made)
}

describe('A poller by sinceId misses no note of twenty writers', () => {
  test('on SQLite', { timeout: 60_000 }, async () => {
    await using server = await testServer('sqlite')
    await storm(server, [server.origin])
  })

  test('on PostgreSQL with two servers', { timeout: 60_000, skip: missing('postgres') }, async () => {
    await using server = await testServer('postgres')
    const { database, data } = server.ctx.config
    const config = readConfig({ port: '0', data, database, 'rate-limits': 'off' }, {})
    const second = await start(config, { log: pino({ level: 'silent' }) })
    try {
      await storm(server, [server.origin, second.origin])
    } finally {
      await second.stop()
    }
  })
})
