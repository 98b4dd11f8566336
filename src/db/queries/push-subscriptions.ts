import type { Expression, Selectable } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared, preparedList } from '../prepared.ts'
import type { PushSubscriptionTable } from '../schema/server.ts'

export type PushSubscriptionRow = Selectable<PushSubscriptionTable>

/** Devices of one person that are told; a further one takes the place of the oldest. */
const MOST = 50

/** Adds a subscription, or gives one new keys; false when it was there just so. */
export async function putSubscription(tx: Db, row: PushSubscriptionRow): Promise<boolean> {
  const { auth, publickey, sendReadMessage } = row
  const put = await tx
    .insertInto('pushSubscription')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['userId', 'endpoint'])
        .doUpdateSet({ auth, publickey, sendReadMessage })
        .where((old) =>
          old.or([old('pushSubscription.auth', '<>', auth), old('pushSubscription.publickey', '<>', publickey)]),
        ),
    )
    .returning('id')
    .executeTakeFirst()
  const newest = tx.selectFrom('pushSubscription').select('id').where('userId', '=', row.userId).orderBy('id', 'desc')
  await tx
    .deleteFrom('pushSubscription')
    .where('userId', '=', row.userId)
    .where('id', '<=', newest.limit(1).offset(MOST))
    .execute()
  return put !== undefined
}

const one = prepared((db, p: Parameters<{ userId: string; endpoint: string }>) =>
  db.selectFrom('pushSubscription').selectAll().where('userId', '=', p.userId).where('endpoint', '=', p.endpoint),
)

export const subscriptionAt = async (
  db: Db,
  userId: string,
  endpoint: string,
): Promise<PushSubscriptionRow | undefined> => (await one(db, { userId, endpoint }))[0]

const byId = prepared((db, p: Parameters<{ id: string }>) =>
  db.selectFrom('pushSubscription').selectAll().where('id', '=', p.id),
)

export const subscriptionById = async (db: Db, id: string): Promise<PushSubscriptionRow | undefined> =>
  (await byId(db, { id }))[0]

const ofPeople = preparedList((db, userIds: Expression<string>[], _: Parameters<object>) =>
  db.selectFrom('pushSubscription').select(['id', 'userId', 'sendReadMessage']).where('userId', 'in', userIds),
)

/** Where these people are told, in no order. */
export const subscriptionsOf = (db: Db, userIds: readonly string[]) => ofPeople(db, userIds, {})

/** Says whether a device is also told when notifications were read; the subscription, undefined when there is none. */
export const setSendReadMessage = (
  tx: Db,
  userId: string,
  endpoint: string,
  sendReadMessage: boolean,
): Promise<PushSubscriptionRow | undefined> =>
  tx
    .updateTable('pushSubscription')
    .set({ sendReadMessage })
    .where('userId', '=', userId)
    .where('endpoint', '=', endpoint)
    .returningAll()
    .executeTakeFirst()

/** Ends the subscription of an address: one person's, or (null) everybody's. */
export async function deleteSubscriptionsAt(tx: Db, endpoint: string, userId: string | null): Promise<void> {
  const all = tx.deleteFrom('pushSubscription').where('endpoint', '=', endpoint)
  await (userId === null ? all : all.where('userId', '=', userId)).execute()
}

/** Ends a subscription that leads nowhere, unless it was given new keys meanwhile. */
export async function deleteSubscription(
  tx: Db,
  { id, auth }: Pick<PushSubscriptionRow, 'id' | 'auth'>,
): Promise<void> {
  await tx.deleteFrom('pushSubscription').where('id', '=', id).where('auth', '=', auth).execute()
}
