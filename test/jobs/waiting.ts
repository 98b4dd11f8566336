import { setTimeout as sleep } from 'node:timers/promises'

const DEADLINE = 15_000

/** Asks until the answer is one that is wanted, and gives it; too late is an error that shows the last answer. */
export async function until<T>(ask: () => T | Promise<T>, isWanted: (answer: T) => boolean = Boolean): Promise<T> {
  const end = Date.now() + DEADLINE
  for (;;) {
    const answer = await ask()
    if (isWanted(answer)) return answer
    if (Date.now() > end) throw new Error(`Waited in vain: ${JSON.stringify(answer)}`)
    await sleep(10)
  }
}
