import assert from 'node:assert/strict'
import type { RequestListener } from 'node:http'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { certificate, type TestNetwork, testNetwork } from '../../lib/egress-network.ts'
import { type Answer, onEachDatabase, type TestServer } from '../../server.ts'
import { assertDirect, open, page } from './client.ts'

/** A server as people run it: outgoing requests only reach the public internet, of which this is the whole. */
async function internet(): Promise<TestNetwork> {
  const network = await testNetwork({ ca: certificate })
  network.name('pinned.example', ['8.8.8.8'])
  return network
}

function authorize(
  server: TestServer,
  clientId: string,
  redirectUri = 'https://pinned.example/callback',
): Promise<Answer> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'read:account',
    code_challenge: 'x',
    code_challenge_method: 'S256',
  })
  return open(`${server.origin}/oauth/authorize?${query}`)
}

const html =
  (body: string): RequestListener =>
  (_request, response) => {
    response.setHeader('content-type', 'text/html').end(body)
  }

/** Addresses that only this machine or its neighbours reach, in every form there is. */
const inner = {
  loopback: ['127.0.0.1', '127.1.2.3', '::1', '0.0.0.0', '::'],
  private: ['10.0.0.1', '172.16.0.1', '192.168.1.1', 'fd00::1', '100.64.0.1'],
  'link-local': ['169.254.169.254', 'fe80::1'],
  'IPv4-mapped': ['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:8.8.8.8'],
  NAT64: ['64:ff9b::7f00:1', '64:ff9b:1::a00:1'],
  others: ['224.0.0.1', 'ff02::1', '2002:7f00:1::', '192.0.2.1', '::127.0.0.1', '2001:db8::1'],
}

onEachDatabase('Discovery stays on the public internet', (start) => {
  test('a public client is found', async () => {
    await using network = await internet()
    await using server = await start({ egress: network.egress })
    await network.serveTls('8.8.8.8', html(page))
    const answer = await authorize(server, 'https://pinned.example/')
    assert.equal(answer.status, 200)
    assert.match(answer.body, /content="Weather Map"/)
    assert.deepEqual(network.dialled, ['8.8.8.8 443'])
  })

  for (const [kind, addresses] of Object.entries(inner)) {
    test(`${kind}: no connection is made to a host with such an address, nor to one with a public one beside`, async () => {
      await using network = await internet()
      await using server = await start({ egress: network.egress })
      for (const address of addresses) {
        network.name('inner.example', [address])
        assertDirect(await authorize(server, 'https://inner.example/'), 'invalid_request')
        network.name('inner.example', ['8.8.8.8', address])
        const answer = await authorize(server, 'https://inner.example/')
        assertDirect(answer, 'invalid_request')
        assert.ok(!JSON.stringify(answer.body).includes(address), 'what a name resolves to here is not told')
      }
      assert.deepEqual(network.dialled, [])
    })

    test(`${kind}: a redirect there is not followed`, async () => {
      await using network = await internet()
      await using server = await start({ egress: network.egress })
      let location = ''
      await network.serveTls('8.8.8.8', (_request, response) => {
        response.writeHead(302, { location }).end()
      })
      for (const address of addresses) {
        network.name('inner.example', [address])
        const literal = address.includes(':') ? `[${address}]` : address
        for (location of ['https://inner.example/', `https://${literal}/`]) {
          assertDirect(await authorize(server, 'https://pinned.example/'), 'invalid_request')
        }
      }
      assert.deepEqual(new Set(network.dialled), new Set(['8.8.8.8 443']))
    })
  }

  test('an address written as the id is refused before anything is asked', async () => {
    await using network = await internet()
    await using server = await start({ egress: network.egress })
    for (const host of [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '8.8.8.8',
      '[2606:4700::1]',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      'intranet',
    ]) {
      assertDirect(await authorize(server, `https://${host}/`), 'invalid_request')
    }
    assertDirect(await authorize(server, 'http://pinned.example/'), 'invalid_request')
    assert.deepEqual([network.asked, network.dialled], [[], []])
  })

  test('rebinding: the address that was checked is the one connected to', async () => {
    await using network = await internet()
    await using server = await start({ egress: network.egress })
    await network.serveTls('8.8.8.8', html(page))
    network.name('pinned.example', ['8.8.8.8'], ['127.0.0.1'])
    assert.equal((await authorize(server, 'https://pinned.example/')).status, 200)
    assertDirect(await authorize(server, 'https://pinned.example/'), 'invalid_request')
    assert.deepEqual(network.dialled, ['8.8.8.8 443'])
    assert.deepEqual(network.asked, ['pinned.example', 'pinned.example'])
  })

  test('an answer that is too large, announced or not, unpacked or not', async () => {
    await using network = await internet()
    await using server = await start({ egress: network.egress })
    let answer: RequestListener = () => {}
    await network.serveTls('8.8.8.8', (request, response) => answer(request, response))
    for (answer of [
      (_request, response) => response.writeHead(200, { 'content-length': '20000000' }).write('x'),
      (_request, response) => {
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        }
        response.on('drain', more)
        more()
      },
    ] satisfies RequestListener[]) {
      assertDirect(await authorize(server, 'https://pinned.example/'), 'invalid_request')
    }
    answer = (_request, response) => {
      const bomb = gzipSync(Buffer.alloc(20_000_000, ' '))
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb)
    }
    assertDirect(await authorize(server, 'https://pinned.example/'), 'invalid_request')
  })

  test('an answer that is too slow', async () => {
    await using network = await internet()
    await using server = await start({ egress: network.egress })
    await network.serveTls('8.8.8.8', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      const timer = setInterval(() => response.write('<p>'), 100)
      response.on('close', () => clearInterval(timer))
    })
    const began = performance.now()
    assertDirect(await authorize(server, 'https://pinned.example/'), 'invalid_request')
    const took = performance.now() - began
    assert.ok(took > 4_500 && took < 8_000, `${took} ms`)
  })

  test('a page made to take long to read holds up nobody else', async () => {
    await using network = await internet()
    await using server = await start({ egress: network.egress })
    let body = ''
    await network.serveTls('8.8.8.8', (request, response) => html(body)(request, response))
    for (const piece of [
      '<div>',
      '<b><p>',
      '<table>',
      '<a href=x>',
      '<br class=p-name>',
      '<p class=h-app>',
      '<',
      '<!--',
      '&amp',
      '<svg><a ',
    ]) {
      body = piece.repeat(Math.floor(1_000_000 / piece.length))
      const began = performance.now()
      assertDirect(await authorize(server, 'https://pinned.example/'), 'invalid_request')
      const took = performance.now() - began
      assert.ok(took < 2_000, `${piece}: ${took} ms`)
    }
  })

  test('what does not answer, answers badly, or redirects for ever', async () => {
    await using network = await internet()
    await using server = await start({ egress: network.egress })
    assertDirect(await authorize(server, 'https://pinned.example/'), 'invalid_request')
    assertDirect(await authorize(server, 'https://nowhere.example/'), 'invalid_request')
    let answer: RequestListener = () => {}
    await network.serveTls('8.8.8.8', (request, response) => answer(request, response))
    for (const status of [204, 301, 400, 404, 500, 503]) {
      answer = (_request, response) => response.writeHead(status, { link: '</callback>; rel=redirect_uri' }).end()
      if (status === 204) assert.equal((await authorize(server, 'https://pinned.example/')).status, 200)
      else assertDirect(await authorize(server, 'https://pinned.example/'), 'invalid_request')
    }
    answer = (_request, response) => response.writeHead(302, { location: '/' }).end()
    assertDirect(await authorize(server, 'https://pinned.example/'), 'invalid_request')
    answer = (_request, response) => response.writeHead(302, { location: 'http://pinned.example/' }).end()
    assertDirect(await authorize(server, 'https://pinned.example/'), 'invalid_request')
    answer = (request) => request.socket.destroy()
    assertDirect(await authorize(server, 'https://pinned.example/'), 'invalid_request')
    answer = html(page)
    assert.equal((await authorize(server, 'https://pinned.example/')).status, 200, 'no failure is remembered')
  })

  test('RFC 9700 section 2.6: codes go over plain http only on the person’s own machine', async () => {
    await using network = await internet()
    await using server = await start({ egress: network.egress })
    const listed = ['http://a.example/cb', 'http://127.0.0.1/cb', 'https://a.example/cb']
    await network.serveTls('8.8.8.8', html(listed.map((uri) => `<link rel=redirect_uri href="${uri}">`).join('')))
    const statusOf = async (uri: string) => (await authorize(server, 'https://pinned.example/', uri)).status
    assert.deepEqual(await Promise.all(listed.map(statusOf)), [400, 200, 200])
  })
})
