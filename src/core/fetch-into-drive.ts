import type { Ctx } from '../context.ts'
import type { UrlUpload } from '../db/schema/jobs.ts'
import { later } from './later.ts'

/** Has a file fetched by a job, whatever happens to this process. */
export async function fetchIntoDrive(ctx: Ctx, upload: UrlUpload): Promise<void> {
  await ctx.transact((tx, afterCommit) => later(ctx, tx, afterCommit, { kind: 'uploadFromUrl', data: upload }))
}
