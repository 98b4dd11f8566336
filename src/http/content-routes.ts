import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx } from '../context.ts'
import { type DriveFileRow, fileByKey } from '../db/queries/drive-files.ts'
import { keyColumns, pathOf, type Variant, variantOf } from '../media/storage.ts'
import { errors } from './error.ts'
import { forAnyPage } from './media-routes.ts'
import { readRange } from './range.ts'
import { sendError } from './render-error.ts'

/** What no browser runs, so that it may be looked at where it is. Everything else is offered for saving. */
const shown = /^(?:image\/(?!svg\+xml)[\w.+-]+|video\/[\w.+-]+|audio\/[\w.+-]+|text\/plain)$/

/** Nobody uploads what could act in the name of the server: content runs no scripts and has no origin. */
const POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"

const NOT_FOUND = { ...errors.unknownEndpoint, code: 'NO_SUCH_FILE', message: 'There is no such file.' }

/** `GET /files/{key}`: the content of files, whole or in parts. What a key names never changes. */
export function contentRoutes(app: FastifyInstance, ctx: Ctx): void {
  app.get<{ Params: { key: string } }>('/files/:key', async (request, reply) => {
    const { key } = request.params
    const variant = variantOf(key)
    const file = variant && (await fileByKey(ctx.db, keyColumns[variant], key))
    const content = file && (await openContent(pathOf(ctx.config.data, key)))
    if (!content) {
      sendError(ctx, reply, NOT_FOUND)
      return reply
    }
    const etag = `"${key}"`
    forAnyPage(reply)
    describe(reply, file, variant)
    reply.header('cache-control', 'public, max-age=31536000, immutable').header('etag', etag)
    return send(request, reply, content, etag)
  })
}

/** The content, open; undefined when there is none. */
async function openContent(path: string): Promise<{ handle: FileHandle; size: number } | undefined> {
  try {
    const handle = await open(path, 'r')
    return { handle, size: (await handle.stat()).size }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function describe(reply: FastifyReply, file: DriveFileRow, variant: Variant): void {
  const own = { original: file.type, webpublic: file.webpublicType, thumbnail: file.thumbnailType }[variant]
  const type = own ?? 'application/octet-stream'
  const disposition = shown.test(type) ? 'inline' : 'attachment'
  reply.type(type === 'text/plain' ? 'text/plain; charset=utf-8' : type)
  reply.header('content-disposition', `${disposition}; ${fileNameFor(file.name)}`)
  reply.header('content-security-policy', POLICY)
  reply.header('accept-ranges', 'bytes')
}

/** RFC 6266 §4.3: a name of ASCII for those who know no other, and the real one (RFC 8187). */
function fileNameFor(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `filename="${ascii}"; filename*=UTF-8''${encoded}`
}

async function send(
  { method, headers }: FastifyRequest,
  reply: FastifyReply,
  { handle, size }: { handle: FileHandle; size: number },
  etag: string,
): Promise<FastifyReply> {
  const known = headers['if-none-match']
  if (known && (known === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag))) {
    await handle.close()
    return reply.code(304).send()
  }
  const isSame = headers['if-range'] === undefined || headers['if-range'] === etag
  const range = isSame ? readRange(headers.range, size) : null
  if (range === 'unsatisfiable') {
    await handle.close()
    return reply.code(416).header('content-range', `bytes */${size}`).send()
  }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`)
  reply.header('content-length', end - start + 1)
  if (method === 'HEAD' || size === 0) {
    await handle.close()
    // Nothing, but as a stream: of text the framework would count the length itself.
    return reply.send(Readable.from([]))
  }
  return reply.send(handle.createReadStream({ start, end }))
}
