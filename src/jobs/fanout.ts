import type { Ctx } from '../context.ts'
import { isAnyOnTheWay, type Outgoing, sendOn, takeFanout } from '../db/queries/fanout.ts'
import { SECOND } from '../lib/time.ts'
import { type Loop, startLoop } from './loop.ts'

/** Longest wait between two looks: what a process that died has left behind is found then. */
const LOOK_EVERY = 5 * SECOND
/** Readers who get a note in one transaction: it holds up others for some milliseconds. */
const READERS = 200
/** How long a process may take for one such transaction before another one goes on too: nobody gets a note twice. */
const LEASE = 5 * SECOND

/** Sends the notes of people with many followers to the home timelines of all of them. */
export function startFanout(ctx: Ctx): Loop {
  let closing = false
  const loop = startLoop(
    async () => {
      if (!(await isAnyOnTheWay(ctx.db))) return LOOK_EVERY
      const now = Date.now()
      const note = await ctx.transact((tx) => takeFanout(tx, now, now + LEASE))
      // Others are at work, or were when they died.
      if (!note) return SECOND
      await send(ctx, note, () => closing)
      return 0
    },
    (error) => ctx.log.error({ err: error }, 'A note could not be sent to all home timelines'),
  )
  return {
    wake: loop.wake,
    async close() {
      closing = true
      await loop.close()
    },
  }
}

/** Sends a note on and on; between the parts, whoever else wants to write has their turn. */
async function send(ctx: Ctx, note: Outgoing & { after: string }, isClosing: () => boolean): Promise<void> {
  let after: string | null = note.after
  while (after !== null) {
    const from: string = after
    // Stopping, it is left to whoever starts next, who need not wait for it.
    const until = isClosing() ? 0 : Date.now() + LEASE
    after = (await ctx.transact(async (tx) => ({ last: await sendOn(tx, note, from, READERS, until) }))).last
    if (until === 0) return
  }
}
