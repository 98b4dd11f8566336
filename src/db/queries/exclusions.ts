import { type Expression, sql } from 'kysely'

/** The people a note has to do with, as far as mutes and blocks reach: its author, those it answers and renotes, and those the renoted note does. */
const people = ['userId', 'replyUserId', 'renoteUserId', 'renoteReplyUserId', 'renoteRenoteUserId'] as const

const isNoneOf = (column: string, ids: Expression<unknown>): Expression<boolean> => {
  const value = sql.ref(`note.${column}`)
  return column === 'userId' ? sql`${value} not in (${ids})` : sql`(${value} is null or ${value} not in (${ids}))`
}

/** Whom a viewer does not want to see, or who does not want to be seen by them. */
const hiddenFrom = (viewer: Expression<string>, now: Expression<number>): Expression<unknown> => sql`
  select "muteeId" from "muting" where "muterId" = ${viewer} and ("expiresAt" is null or "expiresAt" > ${now})
  union all select "blockerId" from "blocking" where "blockeeId" = ${viewer}`

/**
 * A condition on rows of "note" that every list has: nobody suspended has to do with the note; for a viewer, nobody they
 * have muted or who blocks them either, nor is it a pure renote by someone whose renotes they have muted.
 * @param viewer null for an anonymous one
 * @param now milliseconds since 1970: mutes may end
 * @param options.ofAuthor the list is of one author's notes, which are shown even to those who have muted them
 */
export function notExcluded(
  viewer: Expression<string> | null,
  now: Expression<number>,
  options: { ofAuthor?: boolean } = {},
): Expression<boolean> {
  const suspended = sql`select "id" from "user" where "isSuspended"`
  const conditions = people.slice(0, 3).map((column) => isNoneOf(column, suspended))
  if (viewer) {
    const reached = options.ofAuthor ? people.slice(1) : people
    conditions.push(...reached.map((column) => isNoneOf(column, hiddenFrom(viewer, now))))
    if (options.ofAuthor)
      conditions.push(sql`not exists (
      select 1 from "blocking" where "blockeeId" = ${viewer} and "blockerId" = "note"."userId")`)
    else
      conditions.push(sql`not ("note"."isPureRenote" and "note"."userId" in (
      select "muteeId" from "renoteMuting" where "muterId" = ${viewer}))`)
  }
  return sql`(${sql.join(conditions, sql` and `)})`
}
