import assert from 'node:assert/strict'
import { test } from 'node:test'
import { api } from 'misskey-js'
import { onEachDatabase, type TestServer } from '../server.ts'
import { assertPosted, lacks, workplace } from './doc-blocks.ts'

/** Does what the person does in the browser: allows what the session asks for, and goes where the app wants them. */
async function allow(server: TestServer, address: string): Promise<URL | undefined> {
  const token = /\/auth\/([0-9a-f-]{36})$/.exec(address)![1]!
  const alice = new api.APIClient({ origin: server.origin, credential: server.alice.token })
  const { app } = await alice.request('auth/session/show', { token })
  await alice.request('auth/accept', { token })
  if (app.callbackUrl === null) return undefined
  const callback = new URL(app.callbackUrl)
  callback.searchParams.set('token', token)
  return callback
}

onEachDatabase('the page about registered apps', (open) => {
  test('the steps by hand', { skip: lacks('bash', 'curl', 'openssl') }, async () => {
    await using server = await open()
    using work = await workplace('legacy-app.md', server)
    const [register, begin, fetchToken, makeI, use] = work.blocks('sh', 5)
    const shell = work.shell()
    const { secret } = JSON.parse(await shell.type(register!))
    const { token, url } = JSON.parse(await shell.type(begin!, { 'paste-the-secret-here': secret }))
    await allow(server, url)
    const fetched = await shell.type(fetchToken!, { 'paste-the-token-of-the-session-here': token })
    const { accessToken } = JSON.parse(fetched)
    await shell.type(makeI!, { 'paste-the-access-token-here': accessToken })
    const { createdNote } = JSON.parse(await shell.type(use!))
    assert.equal(createdNote.text, 'Hello from my first app')
    await assertPosted(server, 'Hello from my first app')
  })

  for (const [language, name, program] of [
    ['js', 'JavaScript', process.execPath],
    ['python', 'Python', 'python3'],
  ] as const) {
    test(`the program in ${name}`, { skip: lacks(program) }, async () => {
      await using server = await open()
      using work = await workplace('legacy-app.md', server)
      const [source] = work.blocks(language, 1)
      const output = await work.run(language, source!, (address) => allow(server, address))
      assert.match(output, /Hello, @alice!\nPosted note /)
      await assertPosted(server, `Hello from ${name}`)
    })
  }
})
