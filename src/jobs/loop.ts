import { AsyncLocalStorage } from 'node:async_hooks'
import { SECOND } from '../lib/time.ts'

/** How long to wait after something went wrong. */
const AFTER_ERROR = SECOND

/** Something done over and over in the background, never twice at the same time. */
export interface Loop {
  /** Has the step done now or, while it is being done, once more. */
  wake(): void
  /** Begins nothing more, and resolves when what was begun has ended. */
  close(): Promise<void>
}

/**
 * Does a step at once, and again whenever it is woken or the time it asked for has passed.
 * @param step returns the milliseconds until it wants to be done again; 0 for at once
 */
export function startLoop(step: () => Promise<number>, onError: (error: unknown) => void): Loop {
  // Whoever wakes the loop may be in a transaction, which the step must not take for its own.
  const outside = AsyncLocalStorage.snapshot()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | null = null
  let again = false
  let closed = false

  async function turn(): Promise<void> {
    let delay = 0
    do {
      again = false
      delay = await step().catch((error) => {
        onError(error)
        return AFTER_ERROR
      })
    } while ((again || delay === 0) && !closed)
    running = null
    if (closed) return
    timer = setTimeout(wake, delay)
    timer.unref()
  }

  function wake(): void {
    if (closed) return
    again = true
    clearTimeout(timer)
    running ??= outside(turn)
  }

  wake()
  return {
    wake,
    async close() {
      closed = true
      clearTimeout(timer)
      await running
    },
  }
}
