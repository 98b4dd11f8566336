import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { listen } from '../lib/egress-network.ts'
import type { TestServer } from '../server.ts'

// Every block of code on a page for newcomers is run as it stands, against a server of the test.

const root = join(import.meta.dirname, '..', '..')

/** What the page calls the person's browser: takes the address they are told, returns where they are sent, if anywhere. */
export type Browser = (address: string) => Promise<URL | undefined>

export interface Workplace extends Disposable {
  /** The blocks of one language, at the server and a free port; as many as the test is about to run. */
  blocks(language: 'sh' | 'js' | 'python', count: number): string[]
  /** Opens a terminal in a folder of its own. */
  shell(): Shell
  /** Runs a program of the page to its end, and is the person whom it asks to open an address. Returns what it said. */
  run(language: 'js' | 'python', source: string, browser?: Browser): Promise<string>
}

export interface Shell {
  /** Types a block, with what the reader pastes into it by the name of its place, and returns what it printed. */
  type(block: string, pasted?: Record<string, string>): Promise<string>
}

/** For the `skip` option of a test: false when the programs are there, else the reason, which names them. */
export function lacks(...programs: string[]): string | false {
  const lacking = programs.filter((program) => spawnSync(program, ['--version']).error)
  return lacking.length > 0 && `needs ${lacking.join(', ')}`
}

/** A place to follow one page of docs/api, beside a server: a checkout whose data are the ones of the server. */
export async function workplace(page: string, server: TestServer): Promise<Workplace> {
  const text = readFileSync(join(root, 'docs/api', page), 'utf8')
  const holder = createServer()
  const port = await listen(holder)
  await new Promise((resolve) => holder.close(resolve))
  const folder = checkout(server)
  const { database } = server.ctx.config
  const env = { ...withoutSettings(), MAMEKEY_DATABASE: database, PYTHONUNBUFFERED: '1' }
  const children: ChildProcess[] = []
  const start = (program: string, ...args: string[]) => {
    // In a group of its own, to end what it left in the background as well.
    const child = spawn(program, args, { cwd: folder, detached: true, env })
    children.push(child)
    return child
  }
  return {
    blocks(language, count) {
      const all = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
      const found = all.filter(([, name]) => name === language).map(([, , code]) => code!)
      assert.equal(found.length, count, `${page} has ${found.length} blocks in ${language}`)
      return found.map((block) =>
        block.replaceAll('http://localhost:3000', server.origin).replaceAll('8765', `${port}`),
      )
    },
    shell: () => shellOf(start('bash')),
    run(language, source, browser) {
      const [program, file] = language === 'js' ? [process.execPath, 'program.mjs'] : ['python3', 'program.py']
      writeFileSync(join(folder, file), source)
      return end(start(program, file), browser)
    },
    [Symbol.dispose]() {
      for (const { pid } of children) {
        try {
          process.kill(-pid!, 'SIGKILL')
        } catch {
          // It has ended by itself.
        }
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A folder with what a page takes for granted. The launcher itself is not run: it might begin to install. */
function checkout(server: TestServer): string {
  const folder = mkdtempSync(join(tmpdir(), 'mamekey-docs-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  symlinkSync(server.data, join(folder, 'data'))
  const launcher = `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'src/main.ts')}' "$@"\n`
  writeFileSync(join(folder, 'mamekey'), launcher, { mode: 0o755 })
  return folder
}

const withoutSettings = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MAMEKEY_')))

function shellOf(child: ChildProcess): Shell {
  let errors = ''
  child.stderr!.on('data', (chunk) => (errors += chunk))
  return {
    async type(block, pasted = {}) {
      const typed = block.replace(/paste-the-[a-z-]+-here/g, (name) => pasted[name] ?? name)
      assert.doesNotMatch(typed, /paste-the-/)
      const ended = said(child, /^(.*)\nended with (\d+)\n/s)
      child.stdin!.write(`${typed}\nprintf '\\nended with %s\\n' $?\n`)
      const [, printed, code] = await ended
      assert.equal(code, '0', `${typed}${printed}${errors}`)
      return printed!
    },
  }
}

/** Waits until the program says something. */
function said(child: ChildProcess, what: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let output = ''
    const broken = () => reject(new Error(`it ended after saying: ${output}`))
    const listener = (chunk: Buffer) => {
      output += chunk
      const found = what.exec(output)
      if (!found) return
      child.stdout!.off('data', listener)
      child.off('close', broken)
      resolve(found)
    }
    child.stdout!.on('data', listener)
    child.once('close', broken)
  })
}

function end(child: ChildProcess, browser?: Browser): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let output = ''
  child.stdout!.on('data', (chunk) => (output += chunk))
  child.stderr!.on('data', (chunk) => (output += chunk))
  child.once('error', reject)
  child.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`it ended with ${code}: ${output}`))))
  if (browser) visit(child, browser).catch(reject)
  return promise
}

async function visit(child: ChildProcess, browser: Browser): Promise<void> {
  const [, address] = await said(child, /Open this in a browser: (\S+)\n/)
  const next = await browser(address!)
  if (next) await comeBack(child, next)
  child.stdin!.end('\n')
}

/** Follows the person to the program, which may not listen yet: it does not expect anybody to decide this fast. */
async function comeBack(child: ChildProcess, address: URL): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(address).catch(() => undefined)
    if (answer) return
    await setTimeout(20)
  }
}

/** The newest note of alice must be this one. */
export async function assertPosted(server: TestServer, text: string): Promise<void> {
  const { body } = await server.call('users/notes', { userId: server.alice.id }, server.alice)
  assert.equal(body[0]?.text, text)
}
