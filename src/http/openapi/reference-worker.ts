import { parentPort } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import reference from '@scalar/fastify-api-reference'
import fastify from 'fastify'

// The package keeps its script inside a plugin: a server that never listens takes it out.
const app = fastify()
await app.register(reference, { routePrefix: '/', configuration: { url: '/' } })
const { statusCode, rawPayload } = await app.inject('/js/scalar.js')
if (statusCode !== 200) throw new Error(`The script of the API reference is not where it was: ${statusCode}`)
parentPort?.postMessage(gzipSync(rawPayload, { level: 9 }))
