import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'

const oneBlock = prepared((db, p: Parameters<{ blocker: string; blockee: string }>) =>
  db.selectFrom('blocking').select('id').where('blockerId', '=', p.blocker).where('blockeeId', '=', p.blockee),
)

/** Whether one person blocks another. */
export const blocks = async (db: Db, blocker: string, blockee: string): Promise<boolean> =>
  (await oneBlock(db, { blocker, blockee })).length > 0
