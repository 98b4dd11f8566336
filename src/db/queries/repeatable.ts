import { DAY } from '../../lib/time.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'

/** How long a key stands for what it has made. */
const KEPT = DAY

/** What a call that may be repeated is known by. */
export interface RepeatKey {
  userId: string
  path: string
  keyDigest: string
}

type At<T = object> = RepeatKey & T

const claim = prepared((db, p: Parameters<At<{ now: number; expired: number }>>) =>
  db
    .insertInto('repeatable')
    .values({ userId: p.userId, path: p.path, keyDigest: p.keyDigest, resultId: '', madeAt: p.now })
    .onConflict((conflict) =>
      conflict
        .columns(['userId', 'path', 'keyDigest'])
        .doUpdateSet({ resultId: '', madeAt: p.now })
        .where('repeatable.madeAt', '<=', p.expired),
    )
    .returning('userId'),
)

/**
 * Takes a key, in the transaction that makes what it shall stand for; false when it stands for something. Of several at
 * once, one gets it, and the others wait until that one's transaction has ended.
 */
export const claimKey = async (tx: Db, key: RepeatKey, now: number): Promise<boolean> =>
  (await claim(tx, { ...key, now, expired: now - KEPT })).length > 0

const store = prepared((db, p: Parameters<At<{ resultId: string }>>) =>
  db
    .updateTable('repeatable')
    .set({ resultId: p.resultId })
    .where('userId', '=', p.userId)
    .where('path', '=', p.path)
    .where('keyDigest', '=', p.keyDigest),
)

/** Says what a key that was taken stands for. */
export async function storeResult(tx: Db, key: RepeatKey, resultId: string): Promise<void> {
  await store(tx, { ...key, resultId })
}

const read = prepared((db, p: Parameters<At<{ expired: number }>>) =>
  db
    .selectFrom('repeatable')
    .select('resultId')
    .where('userId', '=', p.userId)
    .where('path', '=', p.path)
    .where('keyDigest', '=', p.keyDigest)
    .where('madeAt', '>', p.expired),
)

/** The id of what a key stands for. */
export const resultOf = async (db: Db, key: RepeatKey, now: number): Promise<string | undefined> =>
  (await read(db, { ...key, expired: now - KEPT }))[0]?.resultId

/** Drops the keys that stand for nothing any more. */
export async function forgetKeys(tx: Db, now: number): Promise<void> {
  await tx
    .deleteFrom('repeatable')
    .where('madeAt', '<=', now - KEPT)
    .execute()
}
