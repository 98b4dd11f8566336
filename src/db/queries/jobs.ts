import type { Db } from '../database.ts'
import { toJson } from '../schema/json.ts'

/** Work to be done later, once, whatever happens to this process. */
export interface NewJob {
  id: string
  kind: string
  /** What it is about, by which it can be found again. */
  subject?: string
  data: unknown
  /** Not before this moment, in milliseconds since 1970. */
  runAt: number
}

/** Puts work into the queue, as part of the transaction that makes it necessary. */
export async function enqueue(tx: Db, { id, kind, subject, data, runAt }: NewJob): Promise<void> {
  await tx
    .insertInto('job')
    .values({ id, kind, subject: subject ?? null, data: toJson(data), runAt })
    .execute()
}
