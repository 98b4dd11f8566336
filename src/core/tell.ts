import type { Ctx } from '../context.ts'
import { type Notice, notify } from './notify.ts'

/** Tells a person something that nothing else happens with. */
export const tell = (ctx: Ctx, notice: Notice): Promise<void> =>
  ctx.transact((tx, afterCommit) => notify(ctx, tx, afterCommit, notice))
