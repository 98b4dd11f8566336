import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { listen } from '../../lib/egress-network.ts'
import { type TestServer, testServer } from '../../server.ts'
import { local, open, press, sentTo } from './client.ts'

const text = readFileSync(join(import.meta.dirname, '../../../docs/api/oauth.md'), 'utf8')
const blocks = (language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, block]) => block!)

/** A folder to work in, and the addresses of the page replaced by ones that are free. */
async function place(server: TestServer) {
  const holder = createServer()
  const port = await listen(holder)
  await new Promise((resolve) => holder.close(resolve))
  const folder = mkdtempSync(join(tmpdir(), 'mamekey-docs-'))
  const children: ChildProcess[] = []
  return {
    folder,
    here: (block: string) => block.replaceAll('http://localhost:3000', server.origin).replaceAll('8765', String(port)),
    run(program: string, ...args: string[]) {
      const child = spawn(program, args, { cwd: folder, detached: true, stdio: ['pipe', 'pipe', 'inherit'] })
      children.push(child)
      return child
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

/** Waits until the program has said something. */
function said(child: ChildProcess, what: RegExp): Promise<RegExpExecArray> {
  let output = ''
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (chunk) => {
      output += chunk
      const found = what.exec(output)
      if (found) resolve(found)
    })
    child.once('exit', () => reject(new Error(`it ended after saying: ${output}`)))
  })
}

/** What the person does at the address they are told: where they are sent. */
async function allow(server: TestServer, address: string): Promise<URL> {
  const page = await open(address, server.alice)
  assert.match(String(page.body), /<strong>My first app<\/strong>/)
  return sentTo(await press(server, page, server.alice, 'allow'))
}

/** Why a test cannot be run here, or false. */
const needs = (...programs: string[]): string | false => {
  const lacking = programs.filter((program) => spawnSync(program, ['--version']).error)
  return lacking.length > 0 && `needs ${lacking.join(', ')}`
}

test('the steps by hand', { skip: needs('bash', 'curl', 'openssl', 'python3') }, async () => {
  await using server = await testServer('sqlite', local)
  using work = await place(server)
  const [publish, ask, exchange, use, ...more] = blocks('sh').map(work.here)
  assert.deepEqual(more, [])
  const shell = work.run('bash')
  const type = (block: string) => shell.stdin!.write(`${block}\n`)
  type(publish!)
  // Nobody opens the address before the page is there.
  type(`until curl -so /dev/null ${work.here('http://localhost:8765/')}; do sleep 0.05; done`)
  const printed = said(shell, /http\S+code_challenge_method=S256/)
  type(ask!)
  const code = (await allow(server, (await printed)[0])).searchParams.get('code')!
  const exchanged = said(shell, /\{.*"access_token":"(\w{128})".*\}/)
  type(exchange!.replace('paste-the-code-here', code))
  const token = (await exchanged)[1]!
  const posted = said(shell, /"createdNote"/)
  type(use!.replace('paste-the-token-here', token))
  await posted
})

for (const [language, program, file] of [
  ['js', process.execPath, 'oauth.mjs'],
  ['python', 'python3', 'oauth.py'],
] as const) {
  test(`the program in ${language}`, { skip: needs(program) }, async () => {
    await using server = await testServer('sqlite', local)
    using work = await place(server)
    const [source, ...more] = blocks(language)
    assert.deepEqual(more, [])
    writeFileSync(join(work.folder, file), work.here(source!))
    const child = work.run(program, file)
    const posted = said(child, /Hello, @alice!\nPosted note \w+\./)
    const [, address] = await said(child, /browser: (\S+)\n/)
    await fetch(await allow(server, address!))
    await posted
  })
}
