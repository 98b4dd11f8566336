import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { test } from 'node:test'
import { call } from '../server.ts'
import { firstAccount, folder, launch, startProgram } from './program.ts'

test('SIGTERM lets requests finish and ends the program with 0', { timeout: 60_000 }, async () => {
  using data = folder()
  await using program = await startProgram(data.path)
  const { origin } = program
  assert.equal((await fetch(`${origin}/healthz`)).status, 200)
  const token = await firstAccount(origin)

  // Sign-ins take a tenth of a second each: the signal finds them under way.
  const signIn = { username: 'root', password: 'secret' }
  const requests = Array.from({ length: 4 }, () => call(origin, 'signin-flow', signIn, null))
  const { port, hostname } = new URL(origin)
  // A request that has only half arrived when the signal comes.
  const body = JSON.stringify({ text: 'the last one', i: token })
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write(
    `POST /api/notes/create HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
  )
  const [first] = await Promise.all([Promise.race(requests), new Promise((resolve) => socket.write(body[0]!, resolve))])
  assert.equal(first.status, 200)
  program.kill('SIGTERM')
  socket.write(body.slice(1))
  let answer = ''
  for await (const chunk of socket) {
    answer += chunk
    if (answer.includes('the last one')) socket.end()
  }
  assert.match(answer, /^HTTP\/1\.1 200 /)
  for (const { status, body } of await Promise.all(requests)) {
    assert.equal(status, 200)
    assert.equal(body.finished, true)
  }
  assert.deepEqual(await program.ended, { code: 0, signal: null })
  const readyLines = program
    .stdout()
    .split('\n')
    .filter((line) => line.includes('ready'))
  assert.deepEqual(readyLines, [`Mamekey is ready at ${origin}`])

  await using again = await startProgram(data.path)
  const { body: me } = await call(again.origin, 'i', {}, token)
  assert.equal(me.notesCount, 1)
})

test('a port that is taken is said in a sentence, with exit code 1', { timeout: 30_000 }, async () => {
  using data = folder()
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as { port: number }
  try {
    await using program = launch(['start', '--port', String(port), '--data', data.path])
    assert.deepEqual(await program.ended, { code: 1, signal: null })
    assert.equal(program.stderr(), `Port ${port} is taken: stop what listens there, or choose another with --port.\n`)
    assert.equal(program.stdout(), '')
  } finally {
    taken.close()
  }
})
