import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import type { AccountRow } from './users.ts'

/** A person's own account, with whether there may be more to read for them: most people have most of it not. */
export interface OwnAccountRow extends AccountRow {
  mayHaveUnread: boolean
  mayHaveRequests: boolean
  mayHaveAnnouncements: boolean
  mayHavePins: boolean
}

const account = prepared((db, p: Parameters<{ id: string }>) =>
  db
    .selectFrom('account')
    .selectAll()
    .select([
      sql<string | null>`(select "memo" from "userMemo" where "userId" = ${p.id} and "targetId" = ${p.id})`.as(
        'ownMemo',
      ),
      sql<unknown>`exists (select 1 from "notification" where "userId" = ${p.id} and "id" > "account"."readNotificationId")`.as(
        'mayHaveUnread',
      ),
      sql<unknown>`exists (select 1 from "followRequest" where "followeeId" = ${p.id})`.as('mayHaveRequests'),
      sql<unknown>`exists (select 1 from "announcement"
        where "isActive" and not "silence" and ("userId" is null or "userId" = ${p.id}))`.as('mayHaveAnnouncements'),
      sql<unknown>`exists (select 1 from "pin" where "userId" = ${p.id})`.as('mayHavePins'),
    ])
    .where('userId', '=', p.id),
)

/** The account of a person, for themselves. */
export async function ownAccount(db: Db, id: string): Promise<OwnAccountRow | undefined> {
  const [row] = await account(db, { id })
  // One database has truths of its own, the other numbers.
  return (
    row && {
      ...row,
      mayHaveUnread: Boolean(row.mayHaveUnread),
      mayHaveRequests: Boolean(row.mayHaveRequests),
      mayHaveAnnouncements: Boolean(row.mayHaveAnnouncements),
      mayHavePins: Boolean(row.mayHavePins),
    }
  )
}
