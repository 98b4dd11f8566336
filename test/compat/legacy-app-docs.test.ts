import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { api } from 'misskey-js'
import { type TestServer, testServer } from '../server.ts'

// The page for newcomers: every block of code on it is run as it stands, against a server.

const page = readFileSync(new URL('../../docs/api/legacy-app.md', import.meta.url), 'utf8')

/** The blocks of one language, for the server of this test. */
function blocks(language: string, { origin }: TestServer): string[] {
  const found = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].filter(([, name]) => name === language)
  return found.map(([, , code]) => code!.replaceAll('http://localhost:3000', origin))
}

const missing = (...programs: string[]): string | false => {
  const absent = programs.find((program) => spawnSync(program, ['--version']).error)
  return absent !== undefined && `needs ${absent}`
}

/** Does what the person does in the browser: allows what the session asks for, and goes where the app wants them. */
async function allowInBrowser(server: TestServer, token: string): Promise<void> {
  const alice = new api.APIClient({ origin: server.origin, credential: server.alice.token })
  const { app } = await alice.request('auth/session/show', { token })
  await alice.request('auth/accept', { token })
  if (app.callbackUrl === null) return
  const callback = new URL(app.callbackUrl)
  callback.searchParams.set('token', token)
  await fetch(callback)
}

async function assertPosted(server: TestServer, text: string): Promise<void> {
  const { body } = await server.call('users/notes', { userId: server.alice.id }, server.alice)
  assert.equal(body[0]?.text, text)
}

/** Runs a program of the page to its end, as the person who is asked to open an address. */
async function runProgram(server: TestServer, child: ChildProcess): Promise<string> {
  let output = ''
  let isAllowed = false
  child.stderr!.on('data', (chunk) => (output += chunk))
  child.stdout!.on('data', (chunk) => {
    output += chunk
    const token = /Open this in a browser: \S+\/auth\/([0-9a-f-]{36})/.exec(output)?.[1]
    if (!token || isAllowed) return
    isAllowed = true
    allowInBrowser(server, token).then(
      () => child.stdin!.end('\n'),
      (error) => {
        output += error
        child.kill()
      },
    )
  })
  const [code] = await once(child, 'close')
  assert.equal(code, 0, output)
  return output
}

test('the steps by hand', { skip: missing('bash', 'curl', 'openssl') }, async () => {
  await using server = await testServer()
  // Later steps use the variables of earlier ones, as in one terminal.
  let variables = ''
  const pasted: Record<string, string> = {}
  const steps = blocks('sh', server)
  assert.equal(steps.length, 5)
  const answers = []
  for (const step of steps) {
    const script = step.replace(/paste-the-[a-z-]+-here/, (name) => pasted[name]!)
    const child = spawn('bash', ['-c', `${variables}${script}`])
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    const [code] = await once(child, 'close')
    assert.equal(code, 0)
    variables += script.match(/^[A-Z_]+=.*\n/gm)?.join('') ?? ''
    const text = Buffer.concat(chunks).toString()
    const answer = text === '' ? {} : JSON.parse(text)
    answers.push(answer)
    if (answer.secret) pasted['paste-the-secret-here'] = answer.secret
    if (answer.accessToken) pasted['paste-the-access-token-here'] = answer.accessToken
    if (answer.url) {
      pasted['paste-the-token-of-the-session-here'] = answer.token
      await allowInBrowser(server, answer.token)
    }
  }
  assert.equal(answers.at(-1).createdNote.text, 'Hello from my first app')
  await assertPosted(server, 'Hello from my first app')
})

test('the program in JavaScript', async () => {
  await using server = await testServer()
  const folder = mkdtempSync(join(tmpdir(), 'mamekey-docs-'))
  const programs = blocks('js', server)
  assert.equal(programs.length, 1)
  const file = join(folder, 'legacy-app.mjs')
  writeFileSync(file, programs[0]!.replaceAll('8765', await freePort()))
  const output = await runProgram(server, spawn(process.execPath, [file]))
  assert.match(output, /Hello, @alice!\nPosted note /)
  await assertPosted(server, 'Hello from JavaScript')
  rmSync(folder, { recursive: true })
})

test('the program in Python', { skip: missing('python3') }, async () => {
  await using server = await testServer()
  const programs = blocks('python', server)
  assert.equal(programs.length, 1)
  const output = await runProgram(server, spawn('python3', ['-u', '-c', programs[0]!]))
  assert.match(output, /Hello, @alice!\nPosted note /)
  await assertPosted(server, 'Hello from Python')
})

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, 'localhost')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return String(port)
}
