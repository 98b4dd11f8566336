import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen } from '../../lib/egress-network.ts'
import { type Answer, type Person, readAnswer, type TestOptions, type TestServer } from '../../server.ts'

/** Settings of a server whose OAuth clients are on this machine. */
export const local: TestOptions = { settings: { 'allow-private-network': 'on' } }

/** What a client says about itself; a text is a page, an object a JSON document. */
export type About = string | object | ((request: IncomingMessage, response: ServerResponse) => void)

export interface TestClient extends AsyncDisposable {
  /** Its id, the address of its page, without a slash at the end. */
  id: string
  redirectUri: string
  verifier: string
  /** How often its page was fetched. */
  fetched(): number
  /** Says something else from now on. */
  say(about: About): void
}

export const page =
  '<link rel="redirect_uri" href="/callback"><div class="h-app"><a href="/" class="u-url p-name">Weather Map</a></div>'

/** An OAuth client with a page of its own on this machine. */
export async function testClient(first: About = page): Promise<TestClient> {
  let about = first
  let count = 0
  const server = createServer((request, response) => {
    count++
    if (typeof about === 'function') return about(request, response)
    const json = typeof about === 'object'
    response.setHeader('content-type', json ? 'application/json' : 'text/html; charset=utf-8')
    response.end(json ? JSON.stringify(about) : about)
  })
  const id = `http://127.0.0.1:${await listen(server)}`
  return {
    id,
    redirectUri: `${id}/callback`,
    verifier: randomBytes(32).toString('base64url'),
    fetched: () => count,
    say(next) {
      about = next
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

/** The address at which a client asks; a null leaves a parameter out. */
export function authorizeUrl(server: TestServer, client: TestClient, over: Record<string, string | null> = {}): string {
  const parameters: Record<string, string | null> = {
    response_type: 'code',
    client_id: client.id,
    redirect_uri: client.redirectUri,
    scope: 'read:account write:notes',
    state: 'the state',
    code_challenge: challengeOf(client.verifier),
    code_challenge_method: 'S256',
    ...over,
  }
  const given = Object.entries(parameters).filter((one): one is [string, string] => one[1] !== null)
  return `${server.origin}/oauth/authorize?${new URLSearchParams(given)}`
}

/** Opens the page as a browser would in which `as` is signed in. */
export async function open(url: string, as: Person | null = null): Promise<Answer> {
  const headers = { accept: 'text/html', ...(as && { cookie: `mamekey=${as.token}` }) }
  return readAnswer(await fetch(url, { headers, redirect: 'manual' }))
}

/** What the page tells programs. */
export const metasOf = (answer: Answer): Record<string, string> =>
  Object.fromEntries(
    [...String(answer.body).matchAll(/<meta name="misskey:oauth:([\w-]+)" content="([^"]*)">/g)].map(
      ([, name, content]) => [name!, plain(content!)],
    ),
  )

const plain = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** Asks for the page and returns the id of the question put there. */
export async function ask(
  server: TestServer,
  client: TestClient,
  over: Record<string, string | null> = {},
  as: Person | null = null,
): Promise<string> {
  const answer = await open(authorizeUrl(server, client, over), as)
  assert.equal(answer.status, 200, JSON.stringify(answer.body).slice(0, 300))
  const id = metasOf(answer)['transaction-id']
  assert.ok(id)
  return id
}

/** Answers by the form of programs. */
export async function decide(server: TestServer, fields: Record<string, string>): Promise<Answer> {
  const body = new URLSearchParams(fields)
  return readAnswer(await fetch(`${server.origin}/oauth/decision`, { method: 'POST', body, redirect: 'manual' }))
}

/** Answers by the form of our own page. */
export async function press(
  server: TestServer,
  page: Answer,
  as: Person,
  decision: 'allow' | 'refuse',
  over: { permissions?: string[]; expires?: string } = {},
): Promise<Answer> {
  const text = String(page.body)
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''
  const asked = [...text.matchAll(/name="permission" value="([^"]+)"/g)].map(([, name]) => name!)
  const body = new URLSearchParams({
    csrf: field('csrf'),
    request: field('request'),
    decision,
    expires: over.expires ?? 'never',
  })
  for (const name of over.permissions ?? asked) body.append('permission', name)
  const headers = { origin: server.origin, cookie: `mamekey=${as.token}` }
  return readAnswer(await fetch(`${server.origin}/consent`, { method: 'POST', body, headers, redirect: 'manual' }))
}

/** Where our own page sends the person on to. */
export function sentTo(answer: Answer): URL {
  const found = /<meta http-equiv="refresh" content="0;url=([^"]*)">/.exec(String(answer.body))?.[1]
  assert.ok(found, String(answer.body).slice(0, 2000))
  return new URL(found.replaceAll('&amp;', '&'))
}

export function locationOf(answer: Answer): URL {
  assert.equal(answer.status, 302, JSON.stringify(answer.body))
  return new URL(answer.headers.get('location') ?? '')
}

/** A code for a client, allowed by a person. */
export async function codeFor(
  server: TestServer,
  client: TestClient,
  as: Person,
  over: Record<string, string | null> = {},
): Promise<string> {
  const id = await ask(server, client, over)
  const code = locationOf(await decide(server, { transaction_id: id, login_token: as.token })).searchParams.get('code')
  assert.ok(code)
  return code
}

/** What a client sends to exchange a code. */
export const exchangeOf = (client: TestClient, code: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  code,
  client_id: client.id,
  redirect_uri: client.redirectUri,
  code_verifier: client.verifier,
})

export async function exchange(
  server: TestServer,
  parameters: Record<string, unknown>,
  as: 'form' | 'json' = 'form',
): Promise<Answer> {
  const isForm = as === 'form'
  const headers = { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' }
  const body = isForm
    ? new URLSearchParams(parameters as Record<string, string>).toString()
    : JSON.stringify(parameters)
  return readAnswer(await fetch(`${server.origin}/oauth/token`, { method: 'POST', headers, body }))
}

/** A token for a client, allowed by a person. */
export async function tokenFor(server: TestServer, client: TestClient, as: Person): Promise<string> {
  const answer = await exchange(server, exchangeOf(client, await codeFor(server, client, as)))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body.access_token
}

/** Told directly: nobody is sent anywhere. */
export function assertDirect(answer: Answer, error: string, status = 400): void {
  const told = JSON.stringify(answer.body).slice(0, 300)
  assert.deepEqual([answer.status, answer.body.error], [status, error], told)
  assert.equal(answer.headers.get('location'), null)
  assert.match(answer.body.error_description, /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.equal(answer.headers.get('pragma'), 'no-cache')
}

/** Told to the client. */
export function assertRedirect(server: TestServer, client: TestClient, answer: Answer, error: string): void {
  const location = locationOf(answer)
  assert.equal(location.origin + location.pathname, client.redirectUri)
  assert.equal(location.searchParams.get('error'), error)
  assert.equal(location.searchParams.get('iss'), server.origin)
  assert.equal(location.searchParams.get('code'), null)
}
