import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase } from '../server.ts'
import { assertPosted, lacks, workplace } from './doc-blocks.ts'

onEachDatabase('the page about tokens made by hand', (open) => {
  test('in a terminal', { skip: lacks('bash', 'curl') }, async () => {
    await using server = await open()
    using work = await workplace('manual-token.md', server)
    const [issue, signIn, make, use] = work.blocks('sh', 4)
    const shell = work.shell()
    const issued = (await shell.type(issue!)).trim()
    const { finished, i } = JSON.parse(await shell.type(signIn!))
    assert.deepEqual([finished, i.length], [true, 16])
    const { token } = JSON.parse(await shell.type(make!.replace(server.alice.token, i)))
    assert.notEqual(JSON.parse(await shell.type(make!)).token, token)
    for (const one of [issued, token]) {
      const { body } = await server.call('i', {}, one)
      assert.equal(body.username, 'alice')
      const refused = await server.call('following/create', { userId: server.bob.id }, one)
      assert.deepEqual([refused.status, refused.body.error?.code], [403, 'PERMISSION_DENIED'])
      const { createdNote } = JSON.parse(await shell.type(use!.replace(server.alice.appToken, one)))
      assert.equal(createdNote.user.username, 'alice')
    }
    assert.equal(JSON.parse(await shell.type(use!)).createdNote.text, 'Hello from a script')
    await assertPosted(server, 'Hello from a script')
  })

  test('from JavaScript', async () => {
    await using server = await open()
    using work = await workplace('manual-token.md', server)
    const [source] = work.blocks('js', 1)
    assert.match(await work.run('js', source!), /^Posted note \w+\.\n$/)
    await assertPosted(server, 'Hello from JavaScript')
  })

  test('from Python', { skip: lacks('python3') }, async () => {
    await using server = await open()
    using work = await workplace('manual-token.md', server)
    const [source] = work.blocks('python', 1)
    assert.match(await work.run('python', source!), /^Posted note \w+\n$/)
    await assertPosted(server, 'Hello from Python')
  })
})
