import { setTimeout as wait } from 'node:timers/promises'
import type { Ctx } from '../context.ts'
import { indexChunk, indexPeople, nextChunk } from '../db/queries/search-index.ts'
import { MINUTE } from '../lib/time.ts'

/** New notes after which it is worth while to look whether there are enough for the index. */
const NOTES_BETWEEN = 32
/** Milliseconds between two chunks, so that whoever posts is not held up while the index is made anew. */
const PAUSE = 2

/**
 * Fills the search index behind what is posted: from where it had come to at the start, and then as notes come and people
 * change. Nothing is lost with it: the database knows what is in the index, and searches read the rest as it is.
 * @returns the way to stop; it resolves when nothing is being done any more
 */
export function indexSearch(ctx: Ctx): () => Promise<void> {
  let stopped = false
  let running: Promise<void> | null = null
  let asked = false
  let notes = 0

  async function fill(): Promise<void> {
    while (!stopped && (await ctx.transact((tx) => indexPeople(tx)))) await wait(PAUSE)
    for (let chunk = await nextChunk(ctx.db); chunk && !stopped; chunk = await nextChunk(ctx.db)) {
      const some = chunk
      // Another process was first, and goes on.
      if (!(await ctx.transact((tx) => indexChunk(tx, some)))) return
      await wait(PAUSE)
    }
  }

  function wake(): void {
    asked = true
    if (stopped || running) return
    running = (async () => {
      while (asked && !stopped) {
        asked = false
        await fill()
      }
    })()
      .catch((error) => ctx.log.error({ err: error }, 'The search index could not be filled'))
      .finally(() => {
        running = null
      })
  }

  const leave = ctx.bus.subscribe(({ type }) => {
    if (type === 'note' && ++notes % NOTES_BETWEEN === 0) wake()
    if (type === 'gap') wake()
  })
  const timer = setInterval(wake, MINUTE)
  timer.unref()
  wake()
  return async () => {
    stopped = true
    clearInterval(timer)
    leave()
    await running
  }
}
