import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { bundle } from '../build/bundle.ts'
import { machine } from './machine.ts'
import { type Sample, sample, table } from './sample.ts'

const RUNS = 10
/** How long after the first request memory is looked at once more. */
const SETTLED = 5000

const root = join(import.meta.dirname, '..')

/** What is promised of the median: milliseconds and bytes. */
const promises = { devAnswer: 1000, startReady: 500, startMemory: 120e6 }

interface Run {
  /** Milliseconds from the start of the process to its ready line, and to its first answer. */
  ready: number
  answered: number
  /** Resident memory in bytes after the first answer, and some seconds later; null where the system does not tell. */
  memory: number | null
  settled: number | null
}

/**
 * `mamekey bench start`: how soon the program serves and how much memory it takes, beside a bare server on the same
 * foundations.
 * @returns the exit code: 1 when a promise is broken
 */
export async function start(): Promise<number> {
  console.log(machine())
  using base = await buildFloor()
  const floor: Run[] = []
  const serve: Run[] = []
  const dev: Run[] = []
  // One after another in turn, so that what else the machine does falls on all of them alike.
  for (let run = 0; run <= RUNS; run++) {
    const results = [await measure(process.execPath, [base.program]), await measureStart(), await measureDev()] as const
    // The first fills the caches of compiled code and of the disk.
    if (run === 0) continue
    floor.push(results[0])
    serve.push(results[1])
    dev.push(results[2])
  }
  const rows = [
    ['median (min–max)', 'floor', 'start', '', 'dev', ''],
    row('ready, ms', (run) => run.ready, floor, serve, dev),
    row('first answer, ms', (run) => run.answered, floor, serve, dev),
    row('memory then, MB', (run) => megabytes(run.memory), floor, serve, dev),
    row(`after ${SETTLED / 1000} s, MB`, (run) => megabytes(run.settled), floor, serve, dev),
  ]
  console.log(`${RUNS} runs each, fresh processes, empty databases\n\n${table(rows)}\n`)
  return judge(serve, dev)
}

const mamekey = join(root, 'mamekey')

const measureDev = () => measure(mamekey, ['dev', '--port', '0'])

/** The bare server, bundled as the program is. */
async function buildFloor(): Promise<Disposable & { program: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'mamekey-floor-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  await bundle(['bench/floor.ts'], folder)
  // Files that end in .js are modules where this says so.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  return { program: join(folder, 'floor.js'), [Symbol.dispose]: remove }
}

async function measureStart(): Promise<Run> {
  const data = mkdtempSync(join(tmpdir(), 'mamekey-bench-'))
  try {
    return await measure(mamekey, ['start', '--port', '0', '--data', data])
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

async function measure(command: string, args: string[]): Promise<Run> {
  // As a person starts it: settings stay out.
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('MAMEKEY_'))
  const begun = performance.now()
  const child = spawn(command, args, {
    env: Object.fromEntries(environment),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  try {
    const origin = await readyAt(child)
    const ready = performance.now() - begun
    const response = await fetch(`${origin}/healthz`)
    await response.arrayBuffer()
    const answered = performance.now() - begun
    if (!response.ok) throw new Error(`${args.join(' ')} answered ${response.status}`)
    const memory = residentMemory(child.pid!)
    await pause(SETTLED)
    return { ready, answered, memory, settled: residentMemory(child.pid!) }
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

/** The address in the ready line, as soon as it is printed. */
async function readyAt(child: ChildProcess): Promise<string> {
  let output = ''
  for await (const text of child.stdout!.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    output += text
    const origin = /is ready at (\S+)\n/.exec(output)?.[1]
    if (!origin) continue
    child.stdout!.resume()
    return origin
  }
  throw new Error('The process ended before it was ready')
}

/** Resident memory of a process in bytes. */
function residentMemory(pid: number): number | null {
  if (process.platform !== 'linux') return null
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}

const megabytes = (bytes: number | null): number => (bytes === null ? Number.NaN : bytes / 1e6)

function row(name: string, value: (run: Run) => number, floor: Run[], serve: Run[], dev: Run[]): string[] {
  const [base, ...others] = [floor, serve, dev].map((runs) => sample(runs.map(value))) as [Sample, Sample, Sample]
  const ratio = (of: Sample) => `× ${(of.median / base.median).toFixed(2)}`
  return [name, text(base), ...others.flatMap((of) => [text(of), ratio(of)])]
}

const text = ({ median, min, max }: Sample): string => `${median.toFixed(0)} (${min.toFixed(0)}–${max.toFixed(0)})`

function judge(serve: Run[], dev: Run[]): number {
  const median = (runs: Run[], value: (run: Run) => number | null) => sample(runs.map((run) => value(run) ?? 0)).median
  const verdicts = [
    ['dev: first answer', median(dev, (run) => run.answered), promises.devAnswer, 'ms', 1],
    ['start: ready line', median(serve, (run) => run.ready), promises.startReady, 'ms', 1],
    ['start: memory', median(serve, (run) => run.settled), promises.startMemory, 'MB', 1e6],
  ] as const
  let code = 0
  for (const [name, measured, promised, unit, scale] of verdicts) {
    const isKept = measured <= promised
    if (!isKept) code = 1
    const outcome = isKept ? 'kept' : 'BROKEN'
    console.log(`${name}: ${(measured / scale).toFixed(0)} ${unit}, promised ${promised / scale} ${unit}: ${outcome}`)
  }
  return code
}
