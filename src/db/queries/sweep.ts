import type { Db } from '../database.ts'
import { forgetScores } from './featured.ts'
import { deleteUnclaimedGrants } from './grants.ts'
import { forgetTrends } from './hashtag-trends.ts'
import { deleteExpiredMutes } from './muting.ts'
import { forgetKeys } from './repeatable.ts'

/** Deletes what has had its time and nothing else deletes. */
export async function sweepOut(tx: Db, now: number): Promise<void> {
  await deleteUnclaimedGrants(tx, now)
  await forgetScores(tx, now)
  await forgetTrends(tx, now)
  await deleteExpiredMutes(tx, now)
  await forgetKeys(tx, now)
}
