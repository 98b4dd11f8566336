import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { call } from '../server.ts'

export const root = join(import.meta.dirname, '..', '..')

/** The real program in a process of its own. */
export interface Program extends AsyncDisposable {
  child: ChildProcess
  /** Sends a signal to the program itself, also when it runs under something else. */
  kill(signal: NodeJS.Signals): void
  origin: string
  stdout(): string
  stderr(): string
  /** Resolves when the process has ended and all it printed has been read. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** A folder for data, gone at the end. */
export function folder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'mamekey-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** Nothing of the settings of whoever runs the tests, nor of the test runner, which would take the output for its own. */
const cleanEnvironment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('MAMEKEY_') && name !== 'NODE_TEST_CONTEXT'),
  )

/**
 * Runs a command of the program, without waiting for anything.
 * @param under a command it is run by, such as a tracer
 */
export function launch(args: string[], under: string[] = []): Omit<Program, 'origin'> {
  const [command, ...rest] = [...under, process.execPath, join(root, 'src', 'main.ts'), ...args] as [
    string,
    ...string[],
  ]
  const child = spawn(command, rest, { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
    })
  }
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }))
  const kill = (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    // A tracer that is killed would leave the program behind, running.
    if (under.length > 0) process.kill(onlyChildOf(child.pid!), signal)
    else child.kill(signal)
  }
  return {
    child,
    kill,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    ended,
    async [Symbol.asyncDispose]() {
      kill('SIGKILL')
      await ended
    },
  }
}

const onlyChildOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim())

/** Starts serving on any free port and waits for the ready line. */
export async function startProgram(data: string, under: string[] = []): Promise<Program> {
  const program = launch(['start', '--port', '0', '--data', data, '--rate-limits', 'off'], under)
  const ready = () => /^Mamekey is ready at (.+)\n/m.exec(program.stdout())?.[1]
  const readyLine = new Promise<void>((resolve) => {
    program.child.stdout!.on('data', () => ready() && resolve())
  })
  await Promise.race([readyLine, program.ended])
  const origin = ready()
  if (!origin) throw new Error(`The program did not start: ${program.stderr()}${program.stdout()}`)
  return { ...program, origin }
}

/** Makes the first account; its token. */
export async function firstAccount(origin: string): Promise<string> {
  const { status, body } = await call(origin, 'admin/accounts/create', { username: 'root', password: 'secret' }, null)
  if (status !== 200) throw new Error(`No account: ${status} ${JSON.stringify(body)}`)
  return body.token
}
