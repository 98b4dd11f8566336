import assert from 'node:assert/strict'
import type { RequestListener } from 'node:http'
import { test } from 'node:test'
import type { BusEvent } from '../../src/bus/bus.ts'
import { PNG } from '../api/drive.ts'
import { assertEmpty, assertHas, bodyOf } from '../api/expect.ts'
import { testNetwork } from '../lib/egress-network.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { until } from './waiting.ts'

const PUBLIC = '93.184.216.34'

const answer: RequestListener = ({ url }, response) => {
  if (url === '/bean.png?x=1') response.end(PNG)
  else if (url === '/large') response.end(Buffer.alloc(2_000_000))
  else if (url === '/kind') response.end(Buffer.from([0, 1, 2, 3]))
  else if (url?.startsWith('/to/')) response.writeHead(302, { location: decodeURIComponent(url.slice(4)) }).end()
  else if (url === '/half') response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy())
  else response.writeHead(404).end()
}

/** Has something fetched and waits until there is nothing more to do, and so many have been told. */
async function fetched(server: TestServer, params: object, told = 1): Promise<BusEvent[]> {
  const seen: BusEvent[] = []
  const leave = server.ctx.bus.subscribe((event) => void (event.type === 'urlUploaded' && seen.push(event)))
  assertEmpty(await server.call('drive/files/upload-from-url', params, server.alice))
  await until(async () => (await server.ctx.db.selectFrom('job').select('id').execute()).length === 0)
  await until(() => seen.length >= told)
  leave()
  return seen
}

onEachDatabase('files from elsewhere', (open) => {
  test('are fetched into the drive, and their owner is told', async () => {
    await using network = await testNetwork()
    await network.serve(PUBLIC, answer)
    network.name('files.example', [PUBLIC])
    await using server = await open({ egress: network.egress })
    const { alice } = server
    const url = 'http://files.example/bean.png?x=1'
    const [event] = await fetched(server, { url, marker: 'm1', comment: 'a bean', isSensitive: true })
    const [file] = bodyOf(await server.call('drive/files', {}, alice))
    assertHas(file, { name: 'bean.png', type: 'image/png', size: PNG.length, comment: 'a bean', isSensitive: true })
    assert.deepEqual(event, { type: 'urlUploaded', userId: alice.id, fileId: file.id, marker: 'm1' })
    assert.ok(Buffer.from(await (await fetch(file.url)).arrayBuffer()).equals(PNG))
    const [again] = await fetched(server, { url })
    assert.deepEqual(again, { type: 'urlUploaded', userId: alice.id, fileId: file.id, marker: null })
    await fetched(server, { url, force: true })
    assert.equal(bodyOf(await server.call('drive/files', {}, alice)).length, 2)
    await fetched(server, { url: `http://files.example/to/${encodeURIComponent(url)}`, force: true })
    assert.equal(bodyOf(await server.call('drive', {}, alice)).usage, 3 * PNG.length)
  })

  test('are not fetched from inside, by whatever way, nor kept if they may not be uploaded', async () => {
    await using network = await testNetwork()
    await network.serve(PUBLIC, answer)
    network.name('files.example', [PUBLIC])
    network.name('inside.example', ['10.0.0.1'])
    network.name('rebinding.example', [PUBLIC], ['127.0.0.1'])
    await using server = await open({ egress: network.egress })
    const inside = [
      'http://127.0.0.1/',
      'http://localhost/',
      'http://[::1]/',
      'http://[::ffff:127.0.0.1]/',
      'http://169.254.169.254/latest/meta-data',
      'http://192.168.0.1/',
      'http://inside.example/',
    ]
    const urls = [
      ...inside,
      ...inside.map((url) => `http://files.example/to/${encodeURIComponent(url)}`),
      'http://files.example/to/http%3A%2F%2Frebinding.example%2Fto%2Fhttp%253A%252F%252Frebinding.example%252F',
      'file:///etc/passwd',
      'no url',
      'http://files.example/none',
      'http://files.example/half',
      'http://files.example/kind',
      'http://none.example/',
    ]
    for (const url of urls) assert.deepEqual(await fetched(server, { url }, 0), [], url)
    assert.deepEqual(bodyOf(await server.call('drive/stream', {}, server.alice)), [])
    assert.ok(
      network.dialled.every((one) => one.startsWith(PUBLIC)),
      network.dialled.join(),
    )
  })
})
