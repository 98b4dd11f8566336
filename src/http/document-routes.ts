import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Endpoint } from '../api/endpoint.ts'
import { API_VERSION, VERSION } from '../config/version.ts'
import type { Ctx } from '../context.ts'
import { shippedFile } from '../lib/shipped.ts'
import { REFERENCE_POLICY, referencePage } from './openapi/reference-page.ts'
import { loadReferenceScript } from './openapi/reference-script.ts'
import { REFERENCE_STYLE } from './openapi/reference-style.ts'
import { openapiDocument } from './openapi.ts'

const compress = promisify(gzip)
const expand = promisify(gunzip)

/** The version is in the address: what is there never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable'
const addresses = {
  document: '/api.json',
  script: `/api-doc/reference.js?v=${VERSION}`,
  style: `/api-doc/reference.css?v=${VERSION}`,
}
const tokens = shippedFile('pages/tokens.css')

/** `GET /api.json`, the API as an OpenAPI document, and `GET /api-doc`, a page to read it and try it. */
export function documentRoutes(app: FastifyInstance, ctx: Ctx, endpoints: ReadonlyMap<string, Endpoint>): void {
  const title = () => ctx.settings.current().name ?? 'Mamekey'
  const documentOf = remember(async (name) => {
    const document = openapiDocument(endpoints, { title: name, version: API_VERSION, origin: ctx.config.url })
    return compress(JSON.stringify(document))
  })
  const script = remember(loadReferenceScript)
  const style = remember(async () => compress((await readFile(tokens, 'utf8')) + REFERENCE_STYLE))

  app.get('/api.json', async (request, reply) => {
    reply.type('application/json; charset=utf-8').header('cache-control', 'public, max-age=300')
    // Tools on other sites read it too.
    reply.header('access-control-allow-origin', '*')
    return sendCompressed(request, reply, await documentOf(title()))
  })

  app.get('/api-doc', async (_request, reply) => {
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache')
    reply.header('content-security-policy', REFERENCE_POLICY).header('referrer-policy', 'same-origin')
    reply.header('x-content-type-options', 'nosniff')
    return referencePage(title(), addresses)
  })

  app.get('/api-doc/reference.js', async (request, reply) => {
    reply.type('text/javascript; charset=utf-8').header('cache-control', FOR_EVER)
    return sendCompressed(request, reply, await script(''))
  })

  app.get('/api-doc/reference.css', async (request, reply) => {
    reply.type('text/css; charset=utf-8').header('cache-control', FOR_EVER)
    return sendCompressed(request, reply, await style(''))
  })
}

/** Makes a thing when it is first asked for, and again when it is asked for by another name or making it failed. */
function remember(make: (name: string) => Promise<Buffer>): (name: string) => Promise<Buffer> {
  let made: { name: string; value: Promise<Buffer> } | null = null
  return (name) => {
    if (made?.name === name) return made.value
    const value = make(name)
    const mine = { name, value }
    made = mine
    value.catch(() => {
      if (made === mine) made = null
    })
    return value
  }
}

/** Sends what is kept compressed; the few who cannot read that get it as it was. */
async function sendCompressed(request: FastifyRequest, reply: FastifyReply, body: Buffer): Promise<FastifyReply> {
  reply.header('vary', 'Accept-Encoding').header('x-content-type-options', 'nosniff')
  const accepts = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(String(request.headers['accept-encoding'] ?? ''))
  return accepts ? reply.header('content-encoding', 'gzip').send(body) : reply.send(await expand(body))
}
