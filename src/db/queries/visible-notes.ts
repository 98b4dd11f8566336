import { type Expression, sql } from 'kysely'
import { type Relation, type Visibility, visibilities, visibleTo } from '../../lib/visibility.ts'

/** SQL that is true when `viewer` stands in the relation to the row of "note". */
const relationSql: Record<Relation, (viewer: Expression<string>) => Expression<boolean>> = {
  author: (viewer) => sql`"note"."userId" = ${viewer}`,
  follower: (viewer) =>
    sql`exists (select 1 from "following" where "followerId" = ${viewer} and "followeeId" = "note"."userId")`,
  replyTarget: (viewer) => sql`"note"."replyUserId" = ${viewer}`,
  mentioned: (viewer) =>
    sql`exists (select 1 from "noteAddressee" where "noteId" = "note"."id" and "userId" = ${viewer} and "isMentioned")`,
  recipient: (viewer) =>
    sql`exists (select 1 from "noteAddressee" where "noteId" = "note"."id" and "userId" = ${viewer} and "isRecipient")`,
}

const openToAnyone = visibilities.filter((visibility) => visibleTo[visibility] === 'anyone')

/** The rendering of `visibleTo` for lists: a condition on rows of "note", for a viewer or (null) an anonymous one. */
export function visible(viewer: Expression<string> | null): Expression<boolean> {
  const anyone = sql<boolean>`"note"."visibility" in (${sql.join(openToAnyone.map((name) => sql.lit(name)))})`
  if (!viewer) return anyone
  const restricted = visibilities.flatMap((visibility) => restrictedCase(visibility, viewer))
  return sql`(${sql.join([anyone, ...restricted], sql` or `)})`
}

function restrictedCase(visibility: Visibility, viewer: Expression<string>): Expression<boolean>[] {
  const cases = visibleTo[visibility]
  if (cases === 'anyone') return []
  const any = sql.join(
    cases.map((relation) => relationSql[relation](viewer)),
    sql` or `,
  )
  return [sql`("note"."visibility" = ${sql.lit(visibility)} and (${any}))`]
}
