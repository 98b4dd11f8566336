import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { freeSpentBuffers } from '../lib/spent-buffers.ts'
import { incomingPath } from './storage.ts'

/** Something that has come in whole and lies in a file of its own, which is gone when this is disposed of. */
export interface Received extends AsyncDisposable {
  path: string
  /** Bytes. */
  size: number
  md5: string
}

class TooLarge extends Error {}

/**
 * Writes a stream to the disk as it comes, so that memory holds no more than a piece of it.
 * @param data the data folder
 * @param limit how many bytes it may have; with more it is given up
 */
export async function receive(data: string, stream: Readable, limit: number): Promise<Received | 'tooLarge'> {
  const path = await incomingPath(data)
  // Nobody would say that it has ended.
  if (stream.destroyed) throw new Error('The stream has ended early')
  const hash = createHash('md5')
  let size = 0
  const spent = freeSpentBuffers()
  const meter = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length
      hash.update(chunk)
      spent(chunk.length)
      if (size > limit) done(new TooLarge())
      else done(null, chunk)
    },
  })
  const remove = () => rm(path, { force: true })
  try {
    await pipeline(stream, meter, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  } catch (error) {
    await remove()
    if (error instanceof TooLarge) return 'tooLarge'
    throw error
  }
  return { path, size, md5: hash.digest('hex'), [Symbol.asyncDispose]: remove }
}
