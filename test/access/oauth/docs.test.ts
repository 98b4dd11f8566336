import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lacks, workplace } from '../../compat/doc-blocks.ts'
import { onEachDatabase, type TestServer } from '../../server.ts'
import { local, open as openPage, press, sentTo } from './client.ts'

/** What the person does at the address they are told: where they are sent. */
async function allow(server: TestServer, address: string): Promise<URL> {
  const page = await openPage(address, server.alice)
  assert.match(String(page.body), /<strong>My first app<\/strong>/)
  return sentTo(await press(server, page, server.alice, 'allow'))
}

onEachDatabase('the page about OAuth', (open) => {
  test('the steps by hand', { skip: lacks('bash', 'curl', 'openssl', 'python3') }, async () => {
    await using server = await open(local)
    using work = await workplace('oauth.md', server)
    const [publish, ask, exchange, use] = work.blocks('sh', 4)
    const shell = work.shell()
    await shell.type(publish!)
    // Nobody opens the address before the page is there.
    const site = /client_id=(http:\S+?)&/.exec(ask!)![1]!
    await shell.type(`until curl -so /dev/null ${site}; do sleep 0.05; done`)
    const printed = (await shell.type(ask!)).trim()
    const code = (await allow(server, printed)).searchParams.get('code')!
    const { access_token: token } = JSON.parse(await shell.type(exchange!, { 'paste-the-code-here': code }))
    assert.match(token, /^\w{128}$/)
    const { createdNote } = JSON.parse(await shell.type(use!, { 'paste-the-token-here': token }))
    assert.equal(createdNote.text, 'Hello from my first OAuth app')
  })

  for (const [language, program] of [
    ['js', process.execPath],
    ['python', 'python3'],
  ] as const) {
    test(`the program in ${language}`, { skip: lacks(program) }, async () => {
      await using server = await open(local)
      using work = await workplace('oauth.md', server)
      const [source] = work.blocks(language, 1)
      const output = await work.run(language, source!, (address) => allow(server, address))
      assert.match(output, /Hello, @alice!\nPosted note \w+\./)
    })
  }
})
