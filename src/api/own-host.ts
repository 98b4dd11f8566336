import type { Ctx } from '../context.ts'

/** Whether a host stands for this server: a dot does, and its own name in any case. */
export const isOwnHost = (ctx: Ctx, host: string): boolean =>
  host === '.' || host.toLowerCase() === new URL(ctx.config.url).host
