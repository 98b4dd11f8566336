import type { Expression } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, preparedList } from '../prepared.ts'

/** Keeps what a person notes about another, in place of what they noted before. */
export async function putMemo(tx: Db, userId: string, targetId: string, memo: string): Promise<void> {
  await tx
    .insertInto('userMemo')
    .values({ userId, targetId, memo })
    .onConflict((conflict) => conflict.columns(['userId', 'targetId']).doUpdateSet({ memo }))
    .execute()
}

/** Forgets what a person noted about another. */
export async function deleteMemo(tx: Db, userId: string, targetId: string): Promise<void> {
  await tx.deleteFrom('userMemo').where('userId', '=', userId).where('targetId', '=', targetId).execute()
}

/** What a person noted about these people, by person. */
export async function memosOf(db: Db, userId: string, targetIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await ofSome(db, targetIds, { userId })
  return new Map(rows.map(({ targetId, memo }) => [targetId, memo]))
}

const ofSome = preparedList((db, targetIds: Expression<string>[], p: Parameters<{ userId: string }>) =>
  db
    .selectFrom('userMemo')
    .select(['targetId', 'memo'])
    .where('userId', '=', p.userId)
    .where('targetId', 'in', targetIds),
)
