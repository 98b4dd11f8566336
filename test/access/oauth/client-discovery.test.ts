import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, onEachDatabase, type TestServer } from '../../server.ts'
import { type About, assertDirect, authorizeUrl, local, metasOf, open, type TestClient, testClient } from './client.ts'

const link = '<link rel="redirect_uri" href="/callback">'

async function ask(server: TestServer, client: TestClient, about: About, over = {}): Promise<Answer> {
  client.say(about)
  return open(authorizeUrl(server, client, over))
}

onEachDatabase('IndieAuth section 4.2: a client’s page', (start) => {
  test('addresses come from links of the page and of the header, resolved', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const header =
      (...values: string[]): About =>
      (_request, response) =>
        response.writeHead(200, { 'content-type': 'text/html', link: values }).end()
    for (const about of [
      link,
      `<LINK HREF="${client.redirectUri}" REL="me REDIRECT_URI">`,
      `<body><p>${link}`,
      `<link rel=redirect_uri href=/other>${link}`,
      header('</callback>; rel=redirect_uri'),
      header('</x>; rel="next"', '</other>;rel=redirect_uri, </callback> ; foo="a, b" ; rel="me redirect_uri"'),
    ]) {
      assert.equal((await ask(server, client, about)).status, 200, String(about))
    }
    for (const about of [
      '<a rel="redirect_uri" href="/callback">what a visitor wrote</a>',
      `<!-- ${link} --><script>'${link}'</script><textarea>${link}</textarea>`,
      '<link rel="redirect" href="/callback">',
      '<link rel="redirect_uri">',
      header('</callback>; rel="next"; title="; rel=redirect_uri"'),
      header('/callback; rel=redirect_uri'),
    ]) {
      assertDirect(await ask(server, client, about), 'invalid_request')
    }
  })

  test('relative addresses are those of the page one is redirected to', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const about: About = (request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/app/' }).end()
      else response.setHeader('content-type', 'text/html').end('<link rel=redirect_uri href=back>')
    }
    assert.equal((await ask(server, client, about, { redirect_uri: `${client.id}/app/back` })).status, 200)
    assertDirect(await ask(server, client, about, { redirect_uri: `${client.id}/back` }), 'invalid_request')
  })

  test('name and logo are those of the h-app about this client; else the id is the name', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const id = `${client.id}/`
    const cases: [string, string, string?][] = [
      ['<div class="h-app"><a href="/" class="u-url p-name">Misklient &amp; Co</a></div>', 'Misklient & Co'],
      ['<a class="x h-app" href="/"><b class="p-name"> Two\n lines </b></a>', 'Two lines'],
      [
        '<div class="h-app"><a href="/" class="u-url"></a><img class="p-name" alt="Of a picture"></div>',
        'Of a picture',
      ],
      [
        '<div class=h-app><a href=/ class="u-url p-name"><img src=/logo.png class=u-logo> App</a></div>',
        'App',
        `${id}logo.png`,
      ],
      ['<div class=h-app><a href=/ class="u-url p-name">App</a><img class=u-logo src="javascript:x"></div>', 'App'],
      ['<div class="h-app"><a href="/foo" class="u-url p-name">Another page</a></div>', id],
      ['<div class=h-app><a href=/foo class="u-url p-name">Another</a><img class=u-logo src=/logo.png></div>', id],
      [
        `<div class=h-app><a href=/ class="u-url p-name">App</a><img class=u-logo src=/${'x'.repeat(512)}></div>`,
        'App',
      ],
      ['<div class="h-app"><a href="https://evil.example/" class="u-url p-name">Another</a></div>', id],
      ['<div class="h-app"><a href="/" class="u-url">No name</a></div>', id],
      ['<div class="h-app"></div><a href="/" class="u-url p-name">Outside</a>', id],
      ['<b class=p-name>Before</b><div class=h-app><a href=/ class="u-url p-name">App</a></div>', 'App'],
      ['<p>No h-app</p>', id],
      [`<div class=h-app><a href=/ class="u-url p-name">${'長'.repeat(500)}</a></div>`, '長'.repeat(128)],
      ['<div class=h-app><a href=/ class="u-url p-name">a\u202eb\u0000c</a></div>', 'a b c'],
    ]
    for (const [about, name, logo] of cases) {
      const metas = metasOf(await ask(server, client, link + about))
      assert.deepEqual([metas['client-name'], metas['client-logo']], [name, logo], about)
    }
  })

  test('the name of a client that is not at the root of its host', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const about = (href: string) => `${link}<div class=h-app><a href="${href}" class="u-url p-name">App</a></div>`
    const over = { client_id: `${client.id}/apps/one` }
    const nameOf = async (href: string) => metasOf(await ask(server, client, about(href), over))['client-name']
    assert.deepEqual(
      [await nameOf('/apps/one'), await nameOf('/'), await nameOf('/apps/two')],
      ['App', 'App', over.client_id],
    )
  })
})

onEachDatabase('IndieAuth section 3.3: a client’s id', (start) => {
  test('every spelling of an address is one client, from beginning to end', async () => {
    await using server = await start(local)
    await using client = await testClient(link)
    const { codeFor, exchange, exchangeOf } = await import('./client.ts')
    const spellings = [client.id, `${client.id}/`, `${client.id.replace('http', 'HTTP')}/`]
    for (const asked of spellings) {
      for (const exchanged of spellings) {
        const code = await codeFor(server, client, server.bob, { client_id: asked })
        const answer = await exchange(server, { ...exchangeOf(client, code), client_id: exchanged })
        assert.equal(answer.status, 200, `${asked} then ${exchanged}`)
      }
    }
    const grants = await server.ctx.db.selectFrom('grant').select('clientId').where('kind', '=', 'oauth').execute()
    assert.deepEqual(new Set(grants.map(({ clientId }) => clientId)), new Set([`${client.id}/`]))
  })

  test('what is no address of a page is refused, and nothing is fetched', async () => {
    await using server = await start(local)
    await using client = await testClient(link)
    for (const id of [
      'my-app',
      '/relative',
      'javascript:alert(1)',
      'ftp://a.example/',
      `${client.id}/#fragment`,
      `${client.id}/#`,
      `${client.id}/a/../b`,
      `${client.id}/./`,
      `${client.id}/a/%2e%2E/b`,
      `${client.id}/..`,
      client.id.replace('//', '//user@'),
      client.id.replace('//', '//user:password@'),
      client.id.replace('//', '//@'),
      ` ${client.id}`,
      `${client.id}/a\tb`,
      `${client.id}\\a`,
      'https://192.0.2.1/',
      'https://[2001:db8::1]/',
      'https://intranet/',
      `${client.id}/${'x'.repeat(2000)}`,
    ]) {
      assertDirect(await open(authorizeUrl(server, client, { client_id: id })), 'invalid_request')
    }
    assert.equal(client.fetched(), 0)
  })

  test('the page names the client’s address beside the name it gives itself', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const answer = await open(authorizeUrl(server, client), server.alice)
    assert.ok(answer.body.includes(`<code>${client.id}/</code>`))
    assert.match(answer.body, /<strong>Weather Map<\/strong>/)
    assert.match(answer.body, new RegExp(`<strong class="host">${new URL(client.id).host}</strong>`))
  })
})

onEachDatabase('Client ID metadata documents', (start) => {
  const documentOf = (client: TestClient, over = {}) => ({
    client_id: `${client.id}/`,
    client_uri: `${client.id}/`,
    client_name: 'From JSON',
    logo_uri: '/logo.png',
    redirect_uris: [client.redirectUri, '/relative', 7],
    ...over,
  })

  test('4: a document says who the client is', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const metas = metasOf(await ask(server, client, documentOf(client)))
    assert.equal(metas['client-name'], 'From JSON')
    assert.equal(metas['client-logo'], `${client.id}/logo.png`)
    const relative = { redirect_uri: `${client.id}/relative` }
    assert.equal((await ask(server, client, documentOf(client), relative)).status, 200)
    const asSent = documentOf(client, { client_id: client.id, client_name: undefined, logo_uri: undefined })
    const bare = metasOf(await ask(server, client, asSent))
    assert.deepEqual([bare['client-name'], bare['client-logo']], [`${client.id}/`, undefined])
    const linked: About = (_request, response) => {
      response.writeHead(200, {
        'content-type': 'Application/JSON; charset=utf-8',
        link: '</callback>; rel=redirect_uri',
      })
      response.end(JSON.stringify(documentOf(client, { redirect_uris: undefined })))
    }
    assert.equal((await ask(server, client, linked)).status, 200)
  })

  test('4: a document about another client, or one nobody could check, is refused', async () => {
    await using server = await start(local)
    await using client = await testClient()
    for (const over of [
      { client_id: undefined },
      { client_id: 'https://evil.example/' },
      { client_id: `${client.id}/other` },
      { client_id: client.id.toUpperCase() },
      { client_id: 7 },
      { client_uri: undefined },
      { client_uri: '' },
      { client_uri: 'https://evil.example/' },
      { client_uri: `${client.id}/longer` },
      { redirect_uris: 'https://a.example/' },
      { redirect_uris: ['http://['] },
      { redirect_uris: [client.redirectUri, 'http://['] },
      { redirect_uris: [] },
      // 4.1, 8.2
      { token_endpoint_auth_method: 'client_secret_basic' },
      { token_endpoint_auth_method: 'private_key_jwt' },
      { client_secret: 'x' },
      { client_secret_expires_at: 0 },
      { jwks: { keys: [{ kty: 'EC', d: 'x' }] } },
      { jwks: { keys: [{ kty: 'oct', k: 'x' }] } },
    ]) {
      assertDirect(await ask(server, client, documentOf(client, over)), 'invalid_request')
    }
    assert.equal((await ask(server, client, documentOf(client, { token_endpoint_auth_method: 'none' }))).status, 200)
  })

  test('5: only an answer of 200 at the address itself counts', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const json = { 'content-type': 'application/json' }
    const body = JSON.stringify(documentOf(client))
    for (const status of [201, 203, 404, 500]) {
      const about: About = (_request, response) => response.writeHead(status, json).end(body)
      assertDirect(await ask(server, client, about), 'invalid_request')
    }
    const elsewhere: About = (request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/document' }).end()
      else response.writeHead(200, json).end(body)
    }
    assertDirect(await ask(server, client, elsewhere), 'invalid_request')
    for (const broken of ['', '{', '[]', 'null', '"x"', '\xff']) {
      const about: About = (_request, response) => response.writeHead(200, json).end(Buffer.from(broken, 'latin1'))
      const answer = await ask(server, client, about)
      assertDirect(answer, 'invalid_request')
      assert.match(answer.body.error_description, /JSON that cannot be read/, broken)
    }
    assert.equal((await ask(server, client, documentOf(client))).status, 200, '5.2: no failure is remembered')
  })
})
