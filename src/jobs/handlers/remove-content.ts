import type { JobData } from '../../db/schema/jobs.ts'
import { discard } from '../../media/storage.ts'
import type { Handler } from '../handler.ts'

/** Removes what is stored of files that are gone. */
export const removeContent: Handler<JobData['removeContent']> = async (ctx, { data }) => {
  for (const key of data.keys) await discard(ctx.config.data, key)
  return undefined
}
