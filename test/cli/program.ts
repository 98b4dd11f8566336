import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts')

/** The environment without settings of whoever runs the tests. */
const clean = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MAMEKEY_')))

/** Runs the command line to its end. */
export async function mamekey(
  args: readonly string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...clean(), ...env } })
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await ended, out, err }
}

/** A server of its own process, until disposed of. */
export interface Program extends AsyncDisposable {
  origin: string
  /** What standard output says, once it says this. */
  said(pattern: RegExp): Promise<RegExpExecArray>
}

/** Starts `command` and waits for its ready line. */
export async function running(command: 'start' | 'dev', args: readonly string[] = []): Promise<Program> {
  const child = spawn(process.execPath, [MAIN, command, '--port', '0', ...args], { env: clean() })
  let out = ''
  const said = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve) => {
      const look = () => {
        const found = pattern.exec(out)
        if (!found) return
        child.stdout.off('data', look)
        resolve(found)
      }
      child.stdout.on('data', look)
      look()
    })
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  const ended = new Promise<never>((_, reject) => {
    child.on('exit', () => reject(new Error(`The server ended before it was ready:\n${out}`)))
  })
  ended.catch(() => {})
  const [, origin] = await Promise.race([said(/^Mamekey is ready at (\S+)$/m), ended])
  return {
    origin: origin!,
    said,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => child.on('close', resolve))
      child.kill('SIGTERM')
      await closed
    },
  }
}

/** A data folder that is gone afterwards. */
export function dataFolder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'mamekey-cli-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
