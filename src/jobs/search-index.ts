import type { Ctx } from '../context.ts'
import { indexChunk, indexPeople, isAnyoneQueued, nextChunk } from '../db/queries/search-index.ts'
import { MINUTE } from '../lib/time.ts'
import { type Loop, startLoop } from './loop.ts'

/** New notes after which it is worth while to look whether there are enough for the index. */
const NOTES_BETWEEN = 32
/** Milliseconds between two chunks, so that whoever posts is not held up while the index is made anew. */
const PAUSE = 2

/**
 * Fills the search index behind what is posted: from where it had come to at the start, then as notes come and people
 * change. Nothing is lost when it ends: the database knows what is in the index, and searches read the rest as it is.
 */
export function startSearchIndex(ctx: Ctx): Loop & { noted(): void } {
  const fill = async () => {
    if (await isAnyoneQueued(ctx.db)) {
      await ctx.transact((tx) => indexPeople(tx))
      return PAUSE
    }
    const chunk = await nextChunk(ctx.db)
    // Where another process was first, that one goes on.
    return chunk && (await ctx.transact((tx) => indexChunk(tx, chunk))) ? PAUSE : MINUTE
  }
  const loop = startLoop(fill, (error) => ctx.log.error({ err: error }, 'The search index could not be filled'))
  let notes = 0
  return {
    ...loop,
    noted() {
      if (++notes % NOTES_BETWEEN === 0) loop.wake()
    },
  }
}
