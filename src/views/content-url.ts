import type { Ctx } from '../context.ts'

/** Where stored content is read. */
export const contentUrl = (ctx: Ctx, key: string): string => `${ctx.config.url}/files/${key}`
