import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { Person, TestServer } from '../server.ts'

/** A registered application, as it knows itself. */
export interface App {
  id: string
  secret: string
}

/** Registers an application. */
export async function register(server: TestServer, more: object = {}, as: Person | null = null): Promise<App> {
  const app = { name: 'An app', description: 'for a test', permission: ['read:account', 'write:notes'], ...more }
  const { status, body } = await server.call('app/create', app, as)
  assert.equal(status, 200)
  return body
}

/** Begins a session; returns its token. */
export async function begin(server: TestServer, { secret }: App): Promise<string> {
  const { status, body } = await server.call('auth/session/generate', { appSecret: secret })
  assert.equal(status, 200)
  assert.equal(body.url, `${server.origin}/auth/${body.token}`)
  return body.token
}

export const accept = (server: TestServer, token: string, as: Person | null) =>
  server.call('auth/accept', { token }, as)

export const userkey = (server: TestServer, { secret }: App, token: string) =>
  server.call('auth/session/userkey', { appSecret: secret, token })

/** The whole flow; returns the token. */
export async function obtain(server: TestServer, app: App, as: Person): Promise<string> {
  const session = await begin(server, app)
  assert.equal((await accept(server, session, as)).status, 204)
  const { status, body } = await userkey(server, app, session)
  assert.equal(status, 200)
  return body.accessToken
}

/** What applications make of their token and their secret. */
export const legacyForm = (accessToken: string, { secret }: App): string =>
  createHash('sha256')
    .update(accessToken + secret, 'utf8')
    .digest('hex')

/** A page as a browser without scripts gets it. */
export interface Shown {
  status: number
  text: string
}

/** Opens the page of a session, signed in or not. */
export async function openPage({ origin }: TestServer, session: string, as: Person | null): Promise<Shown> {
  const headers: Record<string, string> = as ? { cookie: `mamekey=${as.token}` } : {}
  const response = await fetch(`${origin}/auth/${session}`, { headers, redirect: 'manual' })
  return { status: response.status, text: await response.text() }
}

/** Sends the form of a page that asks; `fields` are the choices made on it. */
export async function answer(
  { origin }: TestServer,
  page: Shown,
  as: Person,
  fields: [name: string, value: string][],
): Promise<Shown> {
  const hidden = ['csrf', 'request'].map((name) => {
    const value = new RegExp(`name="${name}" value="([^"]+)"`).exec(page.text)?.[1]
    assert.ok(value, `the page asks: ${name}`)
    return [name, value]
  })
  const response = await fetch(`${origin}/consent`, {
    method: 'POST',
    headers: { cookie: `mamekey=${as.token}`, origin },
    body: new URLSearchParams([...hidden, ...fields]),
  })
  return { status: response.status, text: await response.text() }
}

/** Where a page sends the browser on to; null when it stays. */
export const ledTo = ({ text }: Shown): string | null =>
  /http-equiv="refresh" content="0;url=([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? null
