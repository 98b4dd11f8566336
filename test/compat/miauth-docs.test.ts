import assert from 'node:assert/strict'
import { test } from 'node:test'
import { open as openPage, press, sentTo } from '../access/oauth/client.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { assertPosted, lacks, workplace } from './doc-blocks.ts'

/** Does what alice does on the page: allows what is asked for, and goes where the app wants her. */
async function allow(server: TestServer, address: string): Promise<URL | undefined> {
  const page = await openPage(address, server.alice)
  assert.match(String(page.body), /<strong>My first app<\/strong>/)
  const done = await press(server, page, server.alice, 'allow')
  assert.equal(done.status, 200)
  return new URL(address).searchParams.has('callback') ? sentTo(done) : undefined
}

onEachDatabase('the page about MiAuth', (open) => {
  test('the steps by hand', { skip: lacks('bash', 'curl', 'openssl') }, async () => {
    await using server = await open()
    using work = await workplace('miauth.md', server)
    const [makeUp, ask, check, use] = work.blocks('sh', 4)
    const shell = work.shell()
    await shell.type(makeUp!)
    await allow(server, (await shell.type(ask!)).trim())
    const { ok, token, user } = JSON.parse(await shell.type(check!))
    assert.deepEqual([ok, user.username], [true, 'alice'])
    assert.deepEqual(JSON.parse(await shell.type(check!)), { ok: false })
    const { createdNote } = JSON.parse(await shell.type(use!, { 'paste-the-token-here': token }))
    assert.equal(createdNote.text, 'Hello from my first app')
    await assertPosted(server, 'Hello from my first app')
  })

  test('the program in JavaScript', async () => {
    await using server = await open()
    using work = await workplace('miauth.md', server)
    const [source] = work.blocks('js', 2)
    const output = await work.run('js', source!, (address) => allow(server, address))
    assert.match(output, /Hello, @alice!\nPosted note \w+\./)
    await assertPosted(server, 'Hello from JavaScript')
  })

  test('the program in JavaScript, its last part with misskey-js', async () => {
    await using server = await open()
    using work = await workplace('miauth.md', server)
    const [source, last] = work.blocks('js', 2)
    const [first, replaced] = source!.split(/^(?=const posted = )/m)
    assert.match(replaced!, /createdNote/)
    const output = await work.run('js', first! + last!, (address) => allow(server, address))
    assert.match(output, /Hello, @alice!\nPosted note \w+\./)
    await assertPosted(server, 'Hello from misskey-js')
  })

  test('the program in Python', { skip: lacks('python3') }, async () => {
    await using server = await open()
    using work = await workplace('miauth.md', server)
    const [source] = work.blocks('python', 1)
    const output = await work.run('python', source!, (address) => allow(server, address))
    assert.match(output, /Hello, @alice!\nPosted note \w+\./)
    await assertPosted(server, 'Hello from Python')
  })
})
