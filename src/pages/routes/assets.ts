import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { shippedFile } from '../../lib/shipped.ts'
import { type PageFile, pageFiles } from '../view.ts'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Serves the files that pages load; returns their addresses, which change with their content. */
export function serveAssets(app: FastifyInstance): (file: PageFile) => string {
  const files = new Map(
    pageFiles.map((name) => {
      const content = readFileSync(shippedFile(`pages/${name}`))
      const version = createHash('sha256').update(content).digest('base64url').slice(0, 12)
      return [name as string, { content, version, type: types[extname(name)]! }]
    }),
  )
  app.get<{ Params: { file: string }; Querystring: { v?: string } }>('/static/pages/:file', async (request, reply) => {
    const file = files.get(request.params.file)
    if (!file) return reply.callNotFound()
    const isLasting = request.query.v === file.version
    reply.header('cache-control', isLasting ? 'public, max-age=31536000, immutable' : 'public, max-age=300')
    reply.header('x-content-type-options', 'nosniff')
    return reply.type(file.type).send(file.content)
  })
  return (name) => `/static/pages/${name}?v=${files.get(name)!.version}`
}
