import { type Expression, sql } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared, preparedList } from '../prepared.ts'
import { visible } from './visible-notes.ts'

/** What a notification is about: who did it and which note, each empty for none. */
interface Occasion {
  notifierId: string
  noteId: string
}

/** Somebody who may be told, and what decides whether they want to hear it. Truths are 1 and 0. */
export interface Recipient {
  id: string
  config: Record<string, { type: string; userListId?: string }>
  /** Follows the notifier, and is followed by them. */
  isFollowing: number
  isFollowed: number
  hasMutedThread: number
  takesPush: number
}

const truth = (condition: Expression<boolean>) => sql<number>`case when ${condition} then 1 else 0 end`

const follow = (follower: Expression<unknown>, followee: Expression<unknown>) =>
  truth(sql`exists (select 1 from "following" where "followerId" = ${follower} and "followeeId" = ${followee})`)

/** The people of a list who may be told at all: it is nobody they muted, nobody suspended, and a note they may see. */
const among = preparedList((db, people: Expression<string>[], p: Parameters<Occasion & { now: number }>) => {
  const person = sql<string>`"user"."id"`
  const query = sql<Recipient>`
    select "user"."id", "account"."notificationRecieveConfig" as "config",
      ${follow(person, p.notifierId)} as "isFollowing", ${follow(p.notifierId, person)} as "isFollowed",
      ${truth(sql`exists (select 1 from "note" inner join "threadMuting" on "threadMuting"."threadId" = "note"."threadId"
        where "note"."id" = ${p.noteId} and "threadMuting"."userId" = ${person})`)} as "hasMutedThread",
      ${truth(sql`exists (select 1 from "pushSubscription" where "userId" = ${person})`)} as "takesPush"
    from "user" inner join "account" on "account"."userId" = "user"."id"
    where "user"."id" in (${sql.join(people)}) and not "user"."isDeleted"
      and (${p.notifierId} = '' or (
        exists (select 1 from "user" as "notifier"
          where "notifier"."id" = ${p.notifierId} and not "notifier"."isSuspended" and not "notifier"."isDeleted")
        and not exists (select 1 from "muting" where "muterId" = ${person} and "muteeId" = ${p.notifierId}
          and ("expiresAt" is null or "expiresAt" > ${p.now}))))
      and (${p.noteId} = '' or exists (select 1 from "note" where "note"."id" = ${p.noteId} and ${visible(person)}))`
  return { compile: () => query.compile(db) }
})

/** Those of some people who may be told of something, in no order. */
export const notificationRecipients = (db: Db, userIds: readonly string[], occasion: Occasion): Promise<Recipient[]> =>
  among(db, userIds, { ...occasion, now: Date.now() })

/** Which of these lists belong to the person named with each and have somebody in them. */
export async function listsWith(
  db: Db,
  memberId: string,
  lists: readonly { listId: string; ownerId: string }[],
): Promise<Set<string>> {
  if (lists.length === 0) return new Set()
  const rows = await db
    .selectFrom('listMember')
    .innerJoin('userList', 'userList.id', 'listMember.listId')
    .select(['userList.id', 'userList.userId'])
    .where('listMember.userId', '=', memberId)
    .where(
      'listMember.listId',
      'in',
      lists.map(({ listId }) => listId),
    )
    .execute()
  return new Set(rows.map(({ id, userId }) => `${userId} ${id}`))
}

const wantNotes = prepared((db, p: Parameters<{ followeeId: string; after: string; limit: number }>) =>
  db
    .selectFrom('following')
    .select(['id', 'followerId'])
    .where('followeeId', '=', p.followeeId)
    // Written out, so that the index of these few follows is used.
    .where('notify', '=', sql.lit('normal'))
    .where('id', '>', p.after)
    .orderBy('id')
    .limit(p.limit),
)

/** Followers of somebody who want to be told of every note of theirs, in the order in which they began to follow. */
export const followersToTell = (db: Db, followeeId: string, after: string, limit: number) =>
  wantNotes(db, { followeeId, after, limit })

const mutersAmong = preparedList((db, userIds: Expression<string>[], p: Parameters<{ muteeId: string }>) =>
  db.selectFrom('renoteMuting').select('muterId').where('muteeId', '=', p.muteeId).where('muterId', 'in', userIds),
)

/** Those of some people who do not want to see somebody's pure renotes. */
export const renoteMutersAmong = async (db: Db, muteeId: string, userIds: readonly string[]): Promise<Set<string>> =>
  new Set((await mutersAmong(db, userIds, { muteeId })).map(({ muterId }) => muterId))
