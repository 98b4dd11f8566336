import { setImmediate } from 'node:timers/promises'

/** Milliseconds after which others get their turn. */
const TURN = 5

/** For work that is long and has to go on in this thread. */
export interface Turns {
  /** Lets others have their turn, if it is time. */
  next(): Promise<void>
  /** Whether the work has taken as long as it may. */
  isLate(): boolean
}

/** @param most how many milliseconds the work may take, with the turns of others */
export function takeTurns(most: number): Turns {
  const end = performance.now() + most
  let begun = performance.now()
  return {
    async next() {
      if (performance.now() - begun < TURN) return
      await setImmediate()
      begun = performance.now()
    },
    isLate: () => performance.now() > end,
  }
}
