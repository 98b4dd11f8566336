import { enableCompileCache } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** What any server on these foundations costs: one route, nothing behind it, started as the program is. */
enableCompileCache(join(import.meta.dirname, 'cache'))

const { default: fastify } = await import('fastify')
const app = fastify({ logger: false })
app.get('/healthz', async () => ({ ok: true }))
await app.listen({ port: 0 })
const { port } = app.server.address() as AddressInfo
console.log(`Floor is ready at http://localhost:${port}`)
process.once('SIGTERM', () => void app.close())
