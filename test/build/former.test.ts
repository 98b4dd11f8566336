import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { removeFormer } from '../../build/former.ts'

test('of former builds go those that are old, not to be kept, and not running', async () => {
  const dist = mkdtempSync(join(tmpdir(), 'mamekey-dist-'))
  const twoHoursAgo = new Date(Date.now() - 2 * 60 * 60 * 1000)
  for (const name of ['kept', 'young', 'running', 'old', 'broken']) {
    const folder = join(dist, `build-${name}`)
    mkdirSync(folder)
    writeFileSync(join(folder, 'main.js'), 'console.log("running"); setInterval(() => {}, 1000)')
    if (name === 'broken') continue
    writeFileSync(join(folder, 'begun'), '')
    if (name !== 'young') utimesSync(join(folder, 'begun'), twoHoursAgo, twoHoursAgo)
  }
  writeFileSync(join(dist, 'current'), 'build-kept\n')
  const server = spawn(process.execPath, [join(dist, 'build-running/main.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await once(server.stdout, 'data')
    removeFormer(dist, ['build-kept'])
    assert.deepEqual(readdirSync(dist).sort(), ['build-kept', 'build-running', 'build-young', 'current'])
  } finally {
    server.kill()
    rmSync(dist, { recursive: true })
  }
})
