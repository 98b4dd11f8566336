import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { bundle } from '../../build/bundle.ts'
import { root } from '../rules/source-files.ts'
import { call } from '../server.ts'
import { type Checkout, checkout } from './checkout.ts'

test('the launcher serves from a bundle: pages with their files, the API reference, and checkpoints', async () => {
  using place = checkout()
  await using server = await start(place)
  // Type stripping would still find these; the bundle must not need them.
  rmSync(join(place.folder, 'src'), { recursive: true })
  await pagesHaveTheirFiles(server.origin)
  await referenceIsThere(server.origin)
  await logIsCopied(server.origin, join(place.data, 'mamekey.sqlite'))
})

test('commands find the checkout from the bundle', async () => {
  using place = checkout()
  const child = place.mamekey(['bench', 'none'])
  const [said] = await Promise.all([text(child.stderr!), once(child, 'close')])
  // The copy has no benchmarks: that is what it must miss, in the right place.
  assert.ok(said.includes(`Cannot find module '${join(place.folder, 'bench/run.ts')}'`), said)
})

test('packages that look for files beside themselves stay outside the bundle', async () => {
  const { metafile } = await bundle(['src/main.ts'], null)
  const looking = Object.keys(metafile.inputs).filter(
    (file) => file.startsWith('node_modules/') && /\b__(dir|file)name\b|\bimport\.meta\b/.test(read(file)),
  )
  assert.deepEqual(looking.sort(), [
    // In stack traces.
    'node_modules/ioredis/built/Command.js',
    // For transports, which have a thread of their own; the log is written without.
    'node_modules/pino/lib/transport.js',
    'node_modules/thread-stream/index.js',
    // In stack traces.
    'node_modules/undici/index.js',
  ])
})

const read = (file: string): string => readFileSync(join(root, file), 'utf8')

async function start(place: Checkout): Promise<AsyncDisposable & { origin: string }> {
  const child = place.mamekey(['start', '--port', '0', '--data', place.data, '--rate-limits', 'off'])
  let said = ''
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk
  })
  const ended = once(child, 'close')
  let out = ''
  for await (const chunk of child.stdout!.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    out += chunk
    if (/is ready at \S+\n/.test(out)) break
  }
  child.stdout!.resume()
  const origin = /is ready at (\S+)\n/.exec(out)?.[1]
  if (!origin) throw new Error(`It did not start: ${said}`)
  return {
    origin,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      assert.deepEqual(await ended, [0, null])
      assert.equal(said, 'Building…\n')
    },
  }
}

async function pagesHaveTheirFiles(origin: string): Promise<void> {
  const page = await (await fetch(`${origin}/sign-in`)).text()
  const files = [...page.matchAll(/(?:href|src)="(\/static\/pages\/[^"]+)"/g)].map(([, address]) => address!)
  assert.ok(files.length >= 4, page)
  for (const file of files) {
    const response = await fetch(origin + file)
    assert.equal(response.status, 200, file)
    assert.ok((await response.text()).length > 0, file)
  }
}

async function referenceIsThere(origin: string): Promise<void> {
  const get = async (file: string) => (await fetch(`${origin}/api-doc/${file}`)).text()
  assert.match(await get('reference.css'), /--paper:/)
  assert.ok((await get('reference.js')).length > 1e6)
}

/** The database file grows only when the write-ahead log is copied into it, which a thread does after many commits. */
async function logIsCopied(origin: string, database: string): Promise<void> {
  const { body } = await call(origin, 'admin/accounts/create', { username: 'root', password: 'secret' }, null)
  assert.ok(existsSync(database))
  const before = statSync(database).size
  const deadline = Date.now() + 30_000
  while (statSync(database).size === before) {
    assert.ok(Date.now() < deadline, 'the log was never copied into the database')
    await call(origin, 'notes/create', { text: 'hello' }, body.token)
    await pause(0)
  }
}
