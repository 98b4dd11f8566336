import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bytes between two collections: one takes about a millisecond. */
const EVERY = 8 * 1024 * 1024

/**
 * For what reads much: has the memory of the pieces that were read freed while it goes on. The engine sees only the small
 * objects that stand for the pieces and would let some 60 MB of them lie around before it looks.
 * @returns told how many bytes were read
 */
export function freeSpentBuffers(): (bytes: number) => void {
  let collect: ((options: { type: 'minor' }) => void) | null = null
  let read = 0
  return (bytes) => {
    read += bytes
    if (read < EVERY) return
    read = 0
    collect ??= collector()
    collect({ type: 'minor' })
  }
}

/** The engine's own collector. Contexts made after the flag have it; ours was made before. */
function collector(): (options: { type: 'minor' }) => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc')
}
