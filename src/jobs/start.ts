import type { Ctx } from '../context.ts'
import { startFanout } from './fanout.ts'
import { handlers as allHandlers, type Handlers } from './handlers.ts'
import { startSearchIndex } from './search-index.ts'
import { startFileSweep } from './sweep-files.ts'
import { startWorker } from './worker.ts'

/** Begins to do what waits to be done, and what others of this server's processes may have left; `close` ends it. */
export function startJobs(ctx: Ctx, handlers: Partial<Handlers> = allHandlers): { close(): Promise<void> } {
  const worker = startWorker(ctx, handlers)
  const fanout = startFanout(ctx)
  const searchIndex = startSearchIndex(ctx)
  const fileSweep = startFileSweep(ctx)
  const leave = ctx.bus.subscribe(({ type }) => {
    if (type === 'job' || type === 'gap') worker.wake()
    if (type === 'fanout' || type === 'gap') fanout.wake()
    if (type === 'note') searchIndex.noted()
    if (type === 'gap') searchIndex.wake()
  })
  return {
    async close() {
      leave()
      await Promise.all([worker.close(), fanout.close(), searchIndex.close(), fileSweep.close()])
    },
  }
}
