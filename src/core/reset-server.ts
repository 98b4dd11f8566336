import type { Ctx } from '../context.ts'
import { emptyDatabase } from '../db/queries/reset.ts'
import { makeVapidKeys } from './vapid.ts'

/** Empties the server and, where it was started with a seed, plants that again. */
export async function resetServer(ctx: Ctx): Promise<void> {
  await ctx.transact((tx) => emptyDatabase(tx))
  ctx.bus.publish({ type: 'gap' })
  await ctx.settings.reload()
  await makeVapidKeys(ctx)
  await ctx.config.seed?.(ctx)
}
