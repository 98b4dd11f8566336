import type { Ctx } from '../context.ts'
import { removeAbandonedFiles } from '../core/delete-file.ts'
import { HOUR } from '../lib/time.ts'
import { sweepContent } from '../media/sweep.ts'
import { type Loop, startLoop } from './loop.ts'

/** Removes, at the start and now and then, what nobody has any more: files without an owner, content without a file. */
export const startFileSweep = (ctx: Ctx): Loop =>
  startLoop(
    async () => {
      await removeAbandonedFiles(ctx)
      await sweepContent(ctx)
      return 6 * HOUR
    },
    (error) => ctx.log.error({ err: error }, 'Files that nobody has could not be removed'),
  )
