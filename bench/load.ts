import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../src/config/config.ts'
import type { Ctx } from '../src/context.ts'
import { indexChunk, indexPeople, isAnyoneQueued, nextChunk } from '../src/db/queries/search-index.ts'
import { open } from '../src/server.ts'
import { startChild } from './load/child.ts'
import { peerScenarios, scenariosOf } from './load/scenarios.ts'
import { type Shot, shoot } from './load/shoot.ts'
import { plant, type World } from './load/world.ts'
import { machine } from './machine.ts'
import { table } from './sample.ts'

const usage = `./mamekey bench load [--notes 10k,100k,1m] [--only i,notes/show] [--seconds 5] [--connections 20]
                     [--database postgres://…] [--peer URL --peer-token TOKEN]`

const options = {
  notes: { type: 'string', default: '10k,100k' },
  only: { type: 'string' },
  seconds: { type: 'string', default: '5' },
  connections: { type: 'string', default: '20' },
  database: { type: 'string', default: 'sqlite' },
  peer: { type: 'string' },
  'peer-token': { type: 'string' },
} as const

/** What one size of server came to, by scenario. */
type Column = Map<string, Shot & { ratio: number; delay: number; memory: number }>

/**
 * `mamekey bench load`: requests per second, beside a bare route that reads one row, in the same run.
 * @returns the exit code: 1 when a promise is broken
 */
export async function load(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options })
  const seconds = Number(values.seconds)
  const connections = Number(values.connections)
  const sizes = values.notes.split(',').map(readCount)
  if (
    [seconds, connections, ...sizes].some((number) => !(number > 0)) ||
    Boolean(values.peer) !== Boolean(values['peer-token'])
  ) {
    console.error(usage)
    return 2
  }
  console.log(
    `${machine()}\n${connections} connections, ${seconds} s each, database ${values.database.replace(/:.*/, '')}`,
  )
  const only = values.only?.split(',')
  await using floor = await startChild('floor')
  const floorShot = () => {
    let number = 0
    const body = () => JSON.stringify({ id: `thing${number++ % 10_000}` })
    return shoot({ url: `${floor.origin}/api/thing`, body }, Math.min(seconds, 2), connections)
  }
  await floorShot()
  let isKept = true
  const columns: Column[] = []
  for (const size of sizes) {
    const column = await measure(size, values.database, only, seconds, connections, floorShot)
    columns.push(column)
    isKept = report(size, column) && isKept
  }
  isKept = compareSizes(sizes, columns) && isKept
  if (values.peer) await measurePeer(values.peer, values['peer-token']!, only, seconds, connections, floorShot)
  return isKept ? 0 : 1
}

const readCount = (text: string): number => {
  const [, digits, unit] = /^(\d+)([km]?)$/i.exec(text) ?? []
  return Number(digits) * ({ k: 1e3, m: 1e6 }[(unit ?? '').toLowerCase()] ?? 1)
}

async function measure(
  size: number,
  database: string,
  only: string[] | undefined,
  seconds: number,
  connections: number,
  floorShot: () => Promise<Shot>,
): Promise<Column> {
  const data = mkdtempSync(join(tmpdir(), 'mamekey-bench-'))
  try {
    const settings = { data, database, port: '0', 'rate-limits': 'off', log: 'warn' }
    const world = await prepare(settings, size)
    await using server = await startChild('serve', settings)
    await server.vitals()
    const column: Column = new Map()
    for (const { name, path, body, meanwhile } of scenariosOf(world)) {
      if (only && !only.includes(name)) continue
      const target = { url: `${server.origin}/api/${path}`, body }
      await shoot(target, 1, connections)
      await server.vitals()
      const before = await floorShot()
      const post = () => fetch(`${server.origin}/api/${meanwhile?.path}`, posted(meanwhile?.body() ?? ''))
      const timer = meanwhile ? setInterval(() => void post().then((answer) => answer.arrayBuffer()), 200) : undefined
      const shot = await shoot(target, seconds, connections)
      clearInterval(timer)
      const vitals = await server.vitals()
      const after = await floorShot()
      const ratio = shot.perSecond / ((before.perSecond + after.perSecond) / 2)
      column.set(name, { ...shot, ratio, delay: vitals.longestDelay, memory: vitals.memory })
    }
    return column
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

/** Makes the search index, which a running server makes behind what is posted. */
async function fillIndex(ctx: Ctx): Promise<void> {
  while (await isAnyoneQueued(ctx.db)) await ctx.transact((tx) => indexPeople(tx))
  let chunk = await nextChunk(ctx.db)
  while (chunk) {
    const next = chunk
    await ctx.transact((tx) => indexChunk(tx, next))
    chunk = await nextChunk(ctx.db)
  }
}

const posted = (body: string) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body })

async function prepare(settings: Record<string, string>, size: number): Promise<World> {
  const { ctx, close } = await open(readConfig(settings, {}))
  try {
    console.log(`Planting 2,000 people and ${size.toLocaleString('en')} notes…`)
    const world = await plant(ctx, size, (text) => console.log(`  ${text}`))
    await fillIndex(ctx)
    return world
  } finally {
    await close()
  }
}

/** Prints one size; whether every promise was kept. */
function report(size: number, column: Column): boolean {
  const promises = new Map(scenariosOf({ userIds: [''], noteIds: [''] }).map(({ name, promise }) => [name, promise]))
  let isKept = true
  const rows = [['', 'req/s', 'of floor', 'promised', 'p50, ms', 'p99, ms', 'longest delay, ms', 'memory, MB']]
  for (const [name, shot] of column) {
    const promise = promises.get(name)
    const isBroken = promise !== undefined && shot.ratio < promise
    if (isBroken || shot.failures > 0) isKept = false
    rows.push([
      name,
      shot.failures > 0 ? `${shot.failures} failed` : shot.perSecond.toFixed(0),
      shot.ratio.toFixed(3),
      promise === undefined ? '' : `${promise}${isBroken ? ' BROKEN' : ''}`,
      shot.p50.toFixed(2),
      shot.p99.toFixed(2),
      shot.delay.toFixed(0),
      (shot.memory / 1e6).toFixed(0),
    ])
  }
  console.log(`\n${size.toLocaleString('en')} notes\n\n${table(rows)}\n`)
  return isKept
}

/** What grows with the server: the median at the largest size beside that at the smallest. */
function compareSizes(sizes: number[], columns: Column[]): boolean {
  const [small, large] = [columns[0]!, columns.at(-1)!]
  if (small === large) return true
  const rows = [['', `p50 at ${sizes[0]!.toLocaleString('en')}`, `at ${sizes.at(-1)!.toLocaleString('en')}`, 'times']]
  let isKept = true
  for (const [name, { p50 }] of small) {
    const then = large.get(name)!.p50
    // What is done in a quarter of a millisecond is not told apart from noise.
    const isBroken = then > 2 * p50 && then - p50 > 0.25
    if (isBroken) isKept = false
    rows.push([name, p50.toFixed(2), then.toFixed(2), `${(then / p50).toFixed(2)}${isBroken ? ' BROKEN' : ''}`])
  }
  console.log(`${table(rows)}\n`)
  return isKept
}

/** Asks another server of the Misskey API the same things, as far as they need no planted notes. */
async function measurePeer(
  peer: string,
  token: string,
  only: string[] | undefined,
  seconds: number,
  connections: number,
  floorShot: () => Promise<Shot>,
): Promise<void> {
  const rows = [[peer, 'req/s', 'of floor', 'p50, ms', 'p99, ms']]
  for (const { name, path, body } of peerScenarios(token)) {
    if (only && !only.includes(name)) continue
    const target = { url: `${peer.replace(/\/$/, '')}/api/${path}`, body }
    await shoot(target, 1, connections)
    const floor = await floorShot()
    const shot = await shoot(target, seconds, connections)
    const speed = shot.failures > 0 ? `${shot.failures} failed` : shot.perSecond.toFixed(0)
    rows.push([name, speed, (shot.perSecond / floor.perSecond).toFixed(3), shot.p50.toFixed(2), shot.p99.toFixed(2)])
  }
  console.log(`${table(rows)}\n`)
}
