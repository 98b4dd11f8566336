import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addFile, picture, upload } from '../api/drive.ts'
import { bodyOf } from '../api/expect.ts'
import { connections, send } from '../api/send.ts'
import { onEachDatabase, testServer } from '../server.ts'

const CONTENT = '0123456789'

onEachDatabase('content', (open) => {
  test('is served whole and in parts, to be kept for ever', async () => {
    await using server = await open()
    const { url } = await addFile(server, server.alice, { content: CONTENT })
    const get = async (headers: Record<string, string> = {}, method = 'GET') => {
      const response = await fetch(url, { headers, method })
      const shown = ['content-range', 'content-length'].map((name) => response.headers.get(name))
      return [response.status, await response.text(), ...shown]
    }
    assert.deepEqual(await get(), [200, CONTENT, null, '10'])
    assert.deepEqual(await get({}, 'HEAD'), [200, '', null, '10'])
    const parts: [range: string, part: string, said: string][] = [
      ['bytes=0-3', '0123', 'bytes 0-3/10'],
      ['bytes=8-', '89', 'bytes 8-9/10'],
      ['bytes=-3', '789', 'bytes 7-9/10'],
      ['bytes=-99', CONTENT, 'bytes 0-9/10'],
      ['bytes=9-99', '9', 'bytes 9-9/10'],
    ]
    for (const [range, part, said] of parts) {
      assert.deepEqual(await get({ range }), [206, part, said, `${part.length}`], range)
    }
    for (const range of ['bytes=10-', 'bytes=-0', 'bytes=99-100']) {
      assert.deepEqual((await get({ range })).slice(0, 3), [416, '', 'bytes */10'], range)
    }
    for (const range of [
      'bytes=5-2',
      'bytes=0-1,3-4',
      'lines=0-1',
      'bytes=a-b',
      'bytes=',
      'bytes=-',
      'x'.repeat(5000),
    ]) {
      assert.deepEqual((await get({ range })).slice(0, 2), [200, CONTENT], range.slice(0, 20))
    }
    const { headers } = await fetch(url)
    const etag = headers.get('etag')!
    assert.match(headers.get('cache-control')!, /public, max-age=\d{8}, immutable/)
    assert.equal(headers.get('accept-ranges'), 'bytes')
    assert.deepEqual((await get({ 'if-none-match': `"x", W/${etag}` })).slice(0, 2), [304, ''])
    assert.deepEqual((await get({ 'if-none-match': '"x"' })).slice(0, 2), [200, CONTENT])
    assert.deepEqual((await get({ range: 'bytes=0-0', 'if-range': etag })).slice(0, 2), [206, '0'])
    assert.deepEqual((await get({ range: 'bytes=0-0', 'if-range': '"x"' })).slice(0, 2), [200, CONTENT])
  })

  test('is nothing a browser would run', async () => {
    await using server = await open()
    const html = '<!doctype html><script>alert(1)</script>'
    const polyglot = Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.from(html)])
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
    const files: [filename: string, content: string | Uint8Array<ArrayBuffer>, type: string, disposition: string][] = [
      ['a.html', html, 'text/plain; charset=utf-8', 'inline'],
      ['a.jpg', polyglot, 'image/jpeg', 'inline'],
      ['a.svg', svg, 'image/svg+xml', 'attachment'],
      [
        'a.xhtml',
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
        'text/plain; charset=utf-8',
        'inline',
      ],
      ['a.json', '{"a":1}', 'application/json', 'attachment'],
      ['a.png', picture(), 'image/png', 'inline'],
    ]
    for (const [filename, content, type, disposition] of files) {
      const { url } = bodyOf(await upload(server, server.admin, { filename, content }))
      const { headers } = await fetch(url)
      assert.equal(headers.get('content-type'), type, filename)
      assert.equal(headers.get('content-disposition')!.split(';')[0], disposition, filename)
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      const policy = headers.get('content-security-policy')!
      assert.match(policy, /default-src 'none'/)
      assert.match(policy, /(^|; )sandbox($|;)/)
      assert.doesNotMatch(policy, /script|allow-/)
      assert.equal(headers.get('access-control-allow-origin'), '*')
      assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin')
    }
  })
})

test('a file is offered under its name, whatever is in it', async () => {
  await using server = await testServer()
  const names: [name: string, said: string][] = [
    ['plain.txt', `filename="plain.txt"; filename*=UTF-8''plain.txt`],
    ['豆 "x" (1).txt', `filename="_ _x_ (1).txt"; filename*=UTF-8''%E8%B1%86%20%22x%22%20%281%29.txt`],
    ["it's; a=b.txt", `filename="it's; a=b.txt"; filename*=UTF-8''it%27s%3B%20a%3Db.txt`],
  ]
  for (const [name, said] of names) {
    const { url } = await addFile(server, server.alice, { before: { name } })
    assert.equal((await fetch(url)).headers.get('content-disposition'), `inline; ${said}`)
  }
})

test('an address that no file has leads nowhere', async () => {
  await using server = await testServer()
  using agent = connections()
  const { url } = await addFile(server, server.alice)
  const key = url.split('/').at(-1)
  const wrong = ['00000000-0000-0000-0000-000000000000', `thumbnail-${key}`, `webpublic-${key}`, `${key}x`, `x${key}`]
  const hostile = [
    '',
    '..%2f..%2fsecret.key',
    '%00',
    '../secret.key',
    '%ff',
    'a'.repeat(9000),
    `${key}%2f..`,
    '%E8%B1%86',
  ]
  for (const path of [...wrong, ...hostile]) {
    for (const method of ['GET', 'HEAD']) {
      const { status } = await send(agent, server.origin, `/files/${path}`, { method })
      assert.ok(status >= 400 && status < 500, `${method} ${path.slice(0, 40)} ${status}`)
    }
  }
})

test('what clients take for a proxy leads to pictures of this server and nowhere else', async () => {
  await using server = await testServer()
  const { url } = await addFile(server, server.alice, { content: picture() })
  const asked = async (of: string, name = 'image.webp') => {
    const { status, headers } = await fetch(`${server.origin}/proxy/${name}?url=${encodeURIComponent(of)}&static=1`, {
      redirect: 'manual',
    })
    return [status, headers.get('location')]
  }
  assert.deepEqual(await asked(url), [302, url])
  assert.deepEqual(await asked(url, 'avatar.webp'), [302, url])
  const others = [
    'http://127.0.0.1/',
    'https://example.com/files/x',
    `${server.origin}/api/meta`,
    '',
    'x',
    'file:///etc/passwd',
  ]
  for (const other of others) assert.deepEqual(await asked(other), [404, null], other)
  assert.equal((await fetch(`${server.origin}/proxy/x`)).status, 404)
})
