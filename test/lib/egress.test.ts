import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { createEgress, type EgressFailureKind, type EgressRequest, failureOf, isFailure } from '../../src/lib/egress.ts'
import { certificate, listen, testNetwork } from './egress-network.ts'

const limits: EgressRequest = { maxBytes: 1_000, timeoutMs: 5_000 }

/** Two public hosts, a.example and b.example. */
async function twoHosts(...options: Parameters<typeof testNetwork>) {
  const network = await testNetwork(...options)
  network.name('a.example', ['8.8.8.8'])
  network.name('b.example', ['9.9.9.9'])
  return network
}

function assertFailed(answer: object, failed: EgressFailureKind): void {
  assert.ok(isFailure(answer), `expected ${failed}, got an answer`)
  assert.equal(answer.failed, failed, answer.detail)
}

/** Whether by an orderly end or a reset. */
function closed(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => {
    socket.on('error', () => {}).once('close', resolve)
  })
}

test('method, headers and body arrive, the host is the URL’s and compression is not asked for', async () => {
  await using network = await twoHosts()
  let seen: IncomingMessage | undefined
  let body = ''
  await network.serve('8.8.8.8', async (request, response) => {
    seen = request
    for await (const chunk of request) body += chunk
    response.writeHead(418, { 'X-Tea': 'green', Link: ['<a>; rel=x', '<b>; rel=y'] }).end('short and stout')
  })
  const answer = await network.egress.fetch('http://a.example:8080/pot?full=1#lid', {
    ...limits,
    method: 'POST',
    headers: { Authorization: 'Bearer x', Host: 'other.example', 'Accept-Encoding': 'gzip', 'Content-Length': '1' },
    body: 'leaves',
  })
  assert.ok(!isFailure(answer))
  assert.deepEqual([seen?.method, seen?.url, body], ['POST', '/pot?full=1', 'leaves'])
  assert.deepEqual(
    ['host', 'authorization', 'accept-encoding', 'content-length', 'user-agent'].map((name) => seen?.headers[name]),
    ['a.example:8080', 'Bearer x', 'identity', '6', 'Mamekey/test'],
  )
  assert.deepEqual(network.dialled, ['8.8.8.8 8080'])
  assert.equal(answer.status, 418)
  assert.equal(answer.headers['x-tea'], 'green')
  assert.equal(answer.headers['link'], '<a>; rel=x, <b>; rel=y')
  assert.equal(answer.url, 'http://a.example:8080/pot?full=1')
  assert.equal(Buffer.from(answer.body).toString(), 'short and stout')
})

test('URLs that are not plain http or https are refused before anything is resolved', async () => {
  await using network = await twoHosts()
  const urls = ['', 'a.example', 'ftp://a.example/', 'file:///etc/passwd', 'data:,x', 'http://user@a.example/']
  urls.push('https://:secret@a.example/', 'http://a.example:0/', 'http://a.example:25/', 'https://a.example:6379/')
  for (const url of urls) assertFailed(await network.egress.fetch(url, limits), 'badUrl')
  assert.deepEqual(network.asked, [])
})

test('redirects to what may not be requested are refused', async () => {
  await using network = await twoHosts()
  let location = ''
  await network.serve('8.8.8.8', (_, response) => response.writeHead(302, { location }).end())
  const refused: [string, EgressFailureKind][] = [
    ['http://127.0.0.1/', 'privateAddress'],
    ['http://[::ffff:a00:1]/', 'privateAddress'],
    ['//0x7f000001/', 'privateAddress'],
    ['file:///etc/passwd', 'badUrl'],
    ['http://user:pass@a.example/', 'badUrl'],
    ['http://a.example:25/', 'badUrl'],
    ['http://unknown.example/', 'unresolvable'],
  ]
  for (const [to, why] of refused) {
    location = to
    assertFailed(await network.egress.fetch('http://a.example/', limits), why)
  }
  assert.deepEqual(new Set(network.dialled), new Set(['8.8.8.8 80']))
})

test('a redirect loop ends, and a caller who follows none gets the redirect', async () => {
  await using network = await twoHosts()
  await network.serve('8.8.8.8', (_, response) => response.writeHead(302, { location: '/again' }).end())
  assertFailed(await network.egress.fetch('http://a.example/', { ...limits, maxRedirects: 3 }), 'tooManyRedirects')
  assert.equal(network.dialled.length, 4)
  const answer = await network.egress.fetch('http://a.example/', { ...limits, maxRedirects: 0 })
  assert.ok(!isFailure(answer))
  assert.deepEqual([answer.status, answer.headers['location']], [302, '/again'])
})

test('secrets in headers stay with the origin they were meant for', async () => {
  await using network = await twoHosts()
  const seen: IncomingMessage[] = []
  await network.serve('8.8.8.8', (request, response) => {
    seen.push(request)
    response.writeHead(307, { location: request.url === '/' ? '/second' : 'http://b.example/third' }).end()
  })
  await network.serve('9.9.9.9', (request, response) => {
    seen.push(request)
    if (request.url === '/third') response.writeHead(302, { location: 'http://b.example/fourth' }).end()
    else response.end()
  })
  const headers = { Authorization: 'a', Cookie: 'b', 'X-Hook-Secret': 'c', 'Content-Type': 'text/plain' }
  const answer = await network.egress.fetch('http://a.example/', { ...limits, method: 'POST', headers, body: 'x' })
  assert.ok(!isFailure(answer))
  const names = ['authorization', 'cookie', 'x-hook-secret', 'content-type']
  assert.deepEqual(
    seen.map(({ method, url, headers }) => [method, url, ...names.map((name) => headers[name])]),
    [
      ['POST', '/', 'a', 'b', 'c', 'text/plain'],
      ['POST', '/second', 'a', 'b', 'c', 'text/plain'],
      ['POST', '/third', undefined, undefined, undefined, 'text/plain'],
      ['GET', '/fourth', undefined, undefined, undefined, undefined],
    ],
  )
})

test('a body that is too large is refused, announced or not', async () => {
  await using network = await twoHosts()
  await network.serve('8.8.8.8', (request, response) => {
    if (request.url === '/announced') response.writeHead(200, { 'content-length': '1001' })
    response.write('x'.repeat(request.url === '/announced' ? 1 : 1_000))
    if (request.url === '/chunked') response.write('x')
    if (request.url === '/fits' || request.method === 'HEAD') response.end()
  })
  assertFailed(await network.egress.fetch('http://a.example/announced', limits), 'tooLarge')
  assertFailed(await network.egress.fetch('http://a.example/chunked', limits), 'tooLarge')
  const fits = await network.egress.fetch('http://a.example/fits', limits)
  assert.ok(!isFailure(fits))
  assert.equal(fits.body.byteLength, 1_000)
  const head = await network.egress.fetch('http://a.example/announced', { ...limits, method: 'HEAD' })
  assert.ok(!isFailure(head), 'the answer to HEAD has no body')
})

test('a body compressed all the same is handed over as it came', async () => {
  await using network = await twoHosts()
  const bomb = gzipSync(Buffer.alloc(500_000))
  await network.serve('8.8.8.8', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
  const answer = await network.egress.fetch('http://a.example/', limits)
  assert.ok(!isFailure(answer))
  assert.deepEqual(Buffer.from(answer.body), bomb)
})

test('one deadline ends slow names, silent connections, slow headers and trickling bodies', async () => {
  await using network = await twoHosts()
  const timers: NodeJS.Timeout[] = []
  await network.serve('8.8.8.8', (request, response) => {
    if (request.url === '/body') timers.push(setInterval(() => response.write('x'), 20))
    if (request.url?.startsWith('/hop')) {
      timers.push(setTimeout(() => response.writeHead(302, { location: `${request.url}x` }).end(), 60))
    }
  })
  for (const path of ['headers', 'body', 'hop']) {
    const answer = await network.egress.fetch(`http://a.example/${path}`, { ...limits, timeoutMs: 200 })
    assertFailed(answer, 'timeout')
  }
  timers.forEach(clearInterval)

  const silent = createServer()
  const port = await listen(silent)
  const arrived = once(silent, 'connection')
  const local = createEgress({ allowPrivate: true, userAgent: 'x', resolve: () => new Promise(() => {}) })
  assertFailed(await local.fetch('http://a.example/', { ...limits, timeoutMs: 50 }), 'timeout')
  assertFailed(await local.fetch(`https://127.0.0.1:${port}/`, { ...limits, timeoutMs: 200 }), 'timeout')
  const [socket] = await arrived
  socket.resume()
  await closed(socket)
  silent.close()
})

test('https needs a certificate that is trusted and made for the host of the URL', async () => {
  await using network = await twoHosts({ ca: certificate })
  network.name('pinned.example', ['8.8.8.8'])
  const server = await network.serveTls('8.8.8.8', (request, response) => {
    if (request.url === '/down') response.writeHead(302, { location: 'http://pinned.example/' }).end()
    else response.end('safe')
  })
  let sni: unknown
  server.on('secureConnection', (socket) => {
    sni = socket.servername
  })
  const answer = await network.egress.fetch('https://pinned.example/', limits)
  assert.ok(!isFailure(answer), JSON.stringify(answer))
  assert.deepEqual([Buffer.from(answer.body).toString(), sni], ['safe', 'pinned.example'])
  assert.deepEqual(network.dialled, ['8.8.8.8 443'])

  assertFailed(await network.egress.fetch('https://a.example/', limits), 'badTls')
  assertFailed(await network.egress.fetch('https://8.8.8.8/', limits), 'badTls')
  assertFailed(await network.egress.fetch('https://pinned.example/down', limits), 'badUrl')

  await using distrustful = await twoHosts()
  distrustful.name('pinned.example', ['8.8.8.8'])
  await distrustful.serveTls('8.8.8.8', (_, response) => response.end('safe'))
  assertFailed(await distrustful.egress.fetch('https://pinned.example/', limits), 'badTls')
})

test('a refused connection leads to the next address, and says so when it was the last', async () => {
  await using network = await twoHosts()
  network.name('both.example', ['2606:4700::1', '9.9.9.9', '8.8.8.8'])
  await network.serve('2606:4700::1', (_, response) => response.end('here'))
  const answer = await network.egress.fetch('http://both.example/', limits)
  assert.ok(!isFailure(answer))
  assert.deepEqual(network.dialled, ['9.9.9.9 80', '8.8.8.8 80', '2606:4700::1 80'])
  assertFailed(await network.egress.fetch('http://a.example/', limits), 'refused')
})

test('an answer that breaks off or is no HTTP is a failure', async () => {
  await using network = await twoHosts()
  await network.serve('8.8.8.8', (request, response) => {
    if (request.url === '/nothing') request.socket.destroy()
    else if (request.url === '/garbage') request.socket.end('220 mail.example ESMTP\r\n')
    else response.writeHead(200, { 'content-length': '10' }).write('half', () => request.socket.destroy())
  })
  for (const path of ['nothing', 'garbage', 'half']) {
    assertFailed(await network.egress.fetch(`http://a.example/${path}`, limits), 'network')
  }
})

test('a stream is limited like a body and says why it broke off', async () => {
  await using network = await twoHosts()
  await network.serve('8.8.8.8', (request, response) => {
    response.write('x'.repeat(900))
    if (request.url === '/large') response.end('x'.repeat(101))
    if (request.url === '/fits') response.end('x'.repeat(100))
  })
  const fits = await network.egress.fetchStream('http://a.example/fits', limits)
  assert.ok(!isFailure(fits))
  assert.equal(Buffer.concat(await fits.stream.toArray()).byteLength, 1_000)

  for (const [path, why] of [
    ['large', 'tooLarge'],
    ['stalls', 'timeout'],
  ]) {
    const answer = await network.egress.fetchStream(`http://a.example/${path}`, { ...limits, timeoutMs: 300 })
    assert.ok(!isFailure(answer))
    await assert.rejects(answer.stream.toArray(), (error) => failureOf(error).failed === why)
  }
})

test('leaving a stream, cancelling and closing end the connection', { timeout: 5_000 }, async () => {
  await using network = await twoHosts()
  const server = await network.serve('8.8.8.8', (_, response) => response.write('x'))
  const gone = async () => {
    const [socket] = await once(server, 'connection')
    await closed(socket)
  }
  let left = gone()
  const answer = await network.egress.fetchStream('http://a.example/', { ...limits, timeoutMs: 60_000 })
  assert.ok(!isFailure(answer))
  answer.stream.destroy()
  await left

  for (const how of ['cancel', 'close']) {
    left = gone()
    const controller = new AbortController()
    const pending = network.egress.fetch('http://a.example/', {
      ...limits,
      timeoutMs: 60_000,
      signal: controller.signal,
    })
    await once(server, 'request')
    if (how === 'cancel') controller.abort()
    else network.egress.close()
    assertFailed(await pending, 'network')
    await left
  }
  assertFailed(await network.egress.fetch('http://a.example/', limits), 'network')
})
