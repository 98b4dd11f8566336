import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { shippedWorker } from '../../lib/shipped.ts'

/**
 * The script that draws the API reference, compressed with gzip. It is some megabytes of text inside a module: a thread
 * reads and compresses it, and takes that module with it when it ends.
 */
export async function loadReferenceScript(): Promise<Buffer> {
  const worker = new Worker(shippedWorker('http/openapi/reference-worker.ts'))
  const [script] = (await once(worker, 'message')) as [Uint8Array]
  return Buffer.from(script.buffer, script.byteOffset, script.byteLength)
}
