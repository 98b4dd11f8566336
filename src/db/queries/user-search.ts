import { type Expression, type RawBuilder, sql } from 'kysely'
import { gramsToFind, normalise } from '../../lib/grams.ts'
import { DAY, SECOND } from '../../lib/time.ts'
import { takeTurns } from '../../lib/turns.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import { gramsToMatch, matching, type Part, userIndex } from './gram-index.ts'
import { NO_BOUND } from './note-lists.ts'

/** People one search looks at: of more, it takes those who came last. */
const CANDIDATES = 1000
/** Whoever has changed nothing and posted nothing for longer is found by their exact place only. */
const ACTIVE = 30 * DAY

interface Asked extends Part {
  viewer: string
  prefix: string
  activeSince: number
  now: number
}

interface Candidate {
  id: string
  usernameLower: string
  name: string | null
  description: string | null
  updatedAt: number | null
}

const isThere: Expression<boolean> = sql`not "user"."isSuspended" and not "user"."isDeleted"`

const startsWith = (p: Parameters<{ prefix: string }>): Expression<boolean> =>
  sql`"user"."usernameLower" >= ${p.prefix} and "user"."usernameLower" < ${p.prefix} || ${sql.lit(NO_BOUND)}`

const candidates = (from: (db: Db, p: Parameters<Asked>) => RawBuilder<unknown>) =>
  prepared((db, p: Parameters<Asked>) => {
    const text = sql<Candidate>`
      select "user"."id", "user"."usernameLower", "user"."name", "user"."description", "user"."updatedAt"
      from (${from(db, p)}) as "candidate" cross join "user" where "user"."id" = "candidate"."id" and ${isThere}
      and ("user"."updatedAt" is null or "user"."updatedAt" > ${p.activeSince})
      and "user"."id" not in (select "muteeId" from "muting" where "muterId" = ${p.viewer}
        and ("expiresAt" is null or "expiresAt" > ${p.now}))`
    return { compile: () => text.compile(db) }
  })

/** Those in the index, and those who wait to be put there. */
const byGrams = candidates(
  (db, p) => sql`select "id" from (${matching(db, userIndex, p, 'desc')}) as "found" union select "userId" from (
    select "userId" from "searchUserQueue" order by "userId" desc limit ${p.limit}) as "queued"`,
)
const latest = candidates((_, p) => sql`select "id" from "user" order by "id" desc limit ${p.limit}`)
const byPrefix = candidates(
  (_, p) => sql`select "id" from "user" where ${startsWith(p)} order by "usernameLower" limit ${p.limit}`,
)

/** Where what is searched for was found; what comes first comes first in the list. */
type Place = 'name' | 'description'

function placeOf({ usernameLower, name, description }: Candidate, needle: string): Place | null {
  if (usernameLower.includes(needle) || normalise(name ?? '').includes(needle)) return 'name'
  return normalise(description ?? '').includes(needle) ? 'description' : null
}

/**
 * Ids of the people whom a query finds: by a part of their name or username, and after those by a part of their
 * description; with an @ before it, by how their username begins. Of each, those who were active last come first.
 * @param viewer whose mutes count; null for an anonymous one
 */
export async function searchUsers(
  db: Db,
  viewer: string | null,
  query: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<string[]> {
  const [, handle] = /^\s*@([^\s@]*)\s*$/.exec(query) ?? []
  const needle = normalise(query)
  const grams = gramsToFind(needle)
  const now = Date.now()
  const asked = { viewer: viewer ?? '', activeSince: now - ACTIVE, now, since: '', until: NO_BOUND, limit: CANDIDATES }
  const read = handle !== undefined ? byPrefix : grams.length > 0 ? byGrams : latest
  const rows = await read(db, { ...asked, prefix: (handle ?? '').toLowerCase(), grams: gramsToMatch(db, grams) })
  const found: Record<Place, Candidate[]> = { name: [], description: [] }
  const turns = takeTurns(SECOND)
  for (const row of rows) {
    const place = handle !== undefined ? 'name' : placeOf(row, needle)
    if (place) found[place].push(row)
    await turns.next()
  }
  const ordered = [found.name, found.description].flatMap((some) => some.sort(lastActiveFirst))
  return ordered.slice(offset, offset + limit).map(({ id }) => id)
}

const lastActiveFirst = (a: Candidate, b: Candidate): number =>
  (b.updatedAt ?? 0) - (a.updatedAt ?? 0) || (a.id < b.id ? 1 : -1)

type ByName = Pick<Asked, 'viewer' | 'prefix' | 'activeSince' | 'limit'>

/** People by how their username begins, those the viewer follows first, the active before the others. */
const named = (isAnonymous: boolean) =>
  prepared((db, p: Parameters<ByName>) => {
    const follow = sql`from "following" where "followerId" = ${p.viewer} and "followeeId" = "user"."id"`
    const followed = sql`"following" cross join "user" where "followerId" = ${p.viewer} and "followeeId" = "user"."id"`
    const others = isAnonymous ? sql`"user" where true` : sql`"user" where not exists (select 1 ${follow})`
    const active = sql`"user"."updatedAt" > ${p.activeSince}`
    const inactive = sql`"user"."updatedAt" <= ${p.activeSince}`
    const never = sql`("user"."updatedAt" is null or ${inactive})`
    const parts = [
      ...(isAnonymous ? [] : [sql`${followed} and ${active}`, sql`${followed} and ${never}`]),
      sql`${others} and ${active}`,
      sql`${others} and ${isAnonymous ? never : inactive}`,
    ]
    const selects = parts.map(
      (part, rank) => sql`select * from (
        select "user"."id", "user"."usernameLower", ${sql.lit(rank)} as "rank" from ${part} and ${isThere}
        and ${startsWith(p)} order by "user"."usernameLower" limit ${p.limit}) as ${sql.ref(`part${rank}`)}`,
    )
    const text = sql<{ id: string }>`select "id" from (${sql.join(selects, sql` union all `)}) as "found"
      order by "rank", "usernameLower" limit ${p.limit}`
    return { compile: () => text.compile(db) }
  })

const namedFor = { person: named(false), anonymous: named(true) }

/** Ids of the people whose username begins so, as someone who is typing it wants them. */
export async function usersNamed(db: Db, viewer: string | null, prefix: string, limit: number): Promise<string[]> {
  const asked = { viewer: viewer ?? '', prefix: prefix.toLowerCase(), activeSince: Date.now() - ACTIVE, limit }
  const rows = await namedFor[viewer === null ? 'anonymous' : 'person'](db, asked)
  return rows.map(({ id }) => id)
}
