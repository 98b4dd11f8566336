import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from '../../src/lib/log.ts'

test('of an error the log has what it is, not the row a database puts beside it', () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => lines.push(line) })
  const failure = Object.assign(new Error('a constraint was broken'), { code: '23505', detail: 'Failing row (secret)' })
  log.error({ err: new Error('outer', { cause: failure }) }, 'A request failed')
  const { err } = JSON.parse(lines.join(''))
  assert.equal(err.message, 'outer')
  assert.equal(err.cause.code, '23505')
  assert.match(err.cause.stack, /log\.test\.ts/)
  assert.ok(!lines.join('').includes('secret'))
})
