import { type Expression, type RawBuilder, sql } from 'kysely'
import { gramsToFind, normalise } from '../../lib/grams.ts'
import type { Page } from '../../lib/pagination.ts'
import { SECOND } from '../../lib/time.ts'
import { type Turns, takeTurns } from '../../lib/turns.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import { notExcluded } from './exclusions.ts'
import { gramsToMatch, matching, noteIndex, type Part, SPAN, spanEnd } from './gram-index.ts'
import { all, any, NO_BOUND } from './note-lists.ts'
import { searchableAmong } from './note-relations.ts'
import { indexedUpTo } from './search-index.ts'
import { visible } from './visible-notes.ts'

/** What is searched for, and where; null for everywhere. */
export interface NoteSearch {
  query: string
  userId: string | null
  channelId: string | null
}

/** Notes that one statement reads, at first and then: few are enough for most searches. */
const FIRST_BATCH = 40
const BATCH = 400
/** Notes one search looks into at most, long ones counting as several. So it ends soon whatever is searched for. */
const BUDGET = 20_000
const LENGTH_OF_ONE = 200
/**
 * Of one author, or in one channel, there may be few notes, and what is searched for may be in few: so many are tried in
 * either way before all of that author, or in that channel, are looked into.
 */
const TRIED = 400
/** A statement that takes less milliseconds than this may look twice as far the next time. */
const QUICK = 2
/** Milliseconds after which a search ends as well. */
const DEADLINE = 2 * SECOND

interface Asked extends Part {
  viewer: string
  userId: string
  channelId: string
  now: number
}

/** A note that may be what is searched for. */
interface Candidate {
  id: string
  text: string | null
  cw: string | null
  /** Whether the viewer may find it, unless its author withholds it. */
  isOpen: boolean | number
  mayBeWithheld: boolean | number
}

/** Where candidates come from: the index, or all notes, or those of the author or in the channel. */
type Way = 'grams' | 'all' | 'author' | 'channel'

const places: Record<Exclude<Way, 'grams'>, (p: Parameters<Asked>) => RawBuilder<unknown>> = {
  all: () => sql``,
  author: (p) => sql`and "userId" = ${p.userId}`,
  channel: (p) => sql`and "channelId" = ${p.channelId}`,
}

/** What an author shows to signed-in people only is not to be found by others. */
const opensToAnyone = sql<boolean>`not exists (
  select 1 from "user" where "user"."id" = "note"."userId" and "user"."requireSigninToViewContents")`

/** Whether the author wishes anything for old notes. How old a note is, is not a question for the database. */
const mayBeWithheld = sql<boolean>`exists (
  select 1 from "user" where "user"."id" = "note"."userId"
  and ("user"."makeNotesFollowersOnlyBefore" is not null or "user"."makeNotesHiddenBefore" is not null))`

function isOpen(p: Parameters<Asked>, viewer: Expression<string> | null): Expression<boolean> {
  return all(
    any(sql`${p.userId} = ''`, sql`"note"."userId" = ${p.userId}`),
    any(sql`${p.channelId} = ''`, sql`"note"."channelId" = ${p.channelId}`),
    ...(viewer ? [] : [opensToAnyone]),
    visible(viewer),
    notExcluded(viewer, p.now),
  )
}

/**
 * The candidates come first and are limited by themselves, and whether they are open is told of each: with that as a
 * condition, one statement might read every note there is to find a few.
 */
const batchQuery = (way: Way, isAnonymous: boolean, order: Page['order']) =>
  prepared((db, p: Parameters<Asked>) => {
    const candidates =
      way === 'grams'
        ? matching(db, noteIndex, p, order)
        : sql`select "id" from "note" where "id" > ${p.since} and "id" < ${p.until} ${places[way](p)}
            order by "id" ${sql.raw(order)} limit ${p.limit}`
    const text = sql<Candidate>`
      select "note"."id", "note"."text", "note"."cw", ${isOpen(p, isAnonymous ? null : p.viewer)} as "isOpen",
        ${mayBeWithheld} as "mayBeWithheld"
      from (${candidates}) as "candidate" cross join "note" where "note"."id" = "candidate"."id"
      order by "note"."id" ${sql.raw(order)}`
    return { compile: () => text.compile(db) }
  })

const batchQueries = (way: Way) => ({
  person: { asc: batchQuery(way, false, 'asc'), desc: batchQuery(way, false, 'desc') },
  anonymous: { asc: batchQuery(way, true, 'asc'), desc: batchQuery(way, true, 'desc') },
})

const queries = {
  grams: batchQueries('grams'),
  all: batchQueries('all'),
  author: batchQueries('author'),
  channel: batchQueries('channel'),
} satisfies Record<Way, unknown>

/** How a search goes on. */
interface Pace {
  turns: Turns
  span: number
}

/** A stretch of notes; the bounds are left out. */
interface Stretch {
  since: string
  until: string
}

/**
 * Ids of one page of the notes that say something, in the order of the page: all of them open to the viewer, as full as
 * pages of other lists. A search that would have to look into too many notes ends with what it has found.
 * @param viewer null for an anonymous one
 * @param options.skipped how many of the found ones, from the beginning of the page, are left out
 * @param options.span how much of the index one statement goes through, at first
 */
export async function searchNotes(
  db: Db,
  viewer: string | null,
  search: NoteSearch,
  page: Page,
  { skipped = 0, span = SPAN }: { skipped?: number; span?: number } = {},
): Promise<string[]> {
  const needle = normalise(search.query)
  const found: string[] = []
  const pace = { turns: takeTurns(DEADLINE), span }
  let budget = BUDGET
  for await (const { id, text, cw, isOpen, mayBeWithheld } of candidatesOf(db, viewer, search, needle, page, pace)) {
    budget -= 1 + ((text?.length ?? 0) + (cw?.length ?? 0)) / LENGTH_OF_ONE
    const isMeant = isOpen && [text, cw].some((said) => said !== null && normalise(said).includes(needle))
    if (isMeant && (!mayBeWithheld || (await searchableAmong(db, viewer, [id])).has(id))) found.push(id)
    if (found.length === skipped + page.limit || budget < 0) break
    await pace.turns.next()
  }
  return found.slice(skipped)
}

/** The notes to look into, in order: those that are not in the index yet as they are, the others by their grams. */
async function* candidatesOf(
  db: Db,
  viewer: string | null,
  { userId, channelId }: NoteSearch,
  needle: string,
  page: Page,
  pace: Pace,
): AsyncGenerator<Candidate> {
  const grams = gramsToFind(needle)
  const values = { viewer: viewer ?? '', userId: userId ?? '', channelId: channelId ?? '', now: Date.now() }
  const asked = { ...values, grams: gramsToMatch(db, grams) }
  const read = (way: Way, stretch: Stretch, most: number) => {
    const query = queries[way][viewer === null ? 'anonymous' : 'person'][page.order]
    return candidatesIn(db, way, (part) => query(db, { ...asked, ...part }), page.order, stretch, most, pace)
  }
  const whole = { since: page.since ?? '', until: page.until ?? NO_BOUND }
  const place = userId !== null ? 'author' : channelId !== null ? 'channel' : 'all'
  if (grams.length === 0) return yield* read(place, whole, Infinity)

  const cursor = await indexedUpTo(db)
  const fresh = async function* () {
    // As long as the index is being filled there are many, and some of what may be looked into is for those in it.
    yield* read(place, { ...whole, since: whole.since > cursor ? whole.since : cursor }, BUDGET / 2)
  }
  const indexed = async function* () {
    const top = `${cursor}${NO_BOUND}`
    const stretch = { ...whole, until: whole.until < top ? whole.until : top }
    if (place === 'all') return yield* read('grams', stretch, Infinity)
    let rest: Stretch | null = stretch
    for (const [way, most] of [
      [place, TRIED],
      ['grams', TRIED],
      [place, Infinity],
    ] as const) {
      if (rest) rest = yield* read(way, rest, most)
    }
    return rest
  }
  const parts = cursor === '' ? [fresh] : [fresh, indexed]
  if (page.order === 'asc') parts.reverse()
  for (const part of parts) yield* part()
}

/** The candidates in a stretch; returns what is left of it after `most` of them, or null for nothing. */
async function* candidatesIn(
  db: Db,
  way: Way,
  query: (part: Stretch & { limit: number }) => Promise<Candidate[]>,
  order: Page['order'],
  stretch: Stretch,
  most: number,
  pace: Pace,
): AsyncGenerator<Candidate, Stretch | null> {
  let rest = stretch
  let seen = 0
  const { turns } = pace
  let { span } = pace
  for (let limit = FIRST_BATCH; rest.since < rest.until; limit = BATCH) {
    if (seen >= most) return rest
    if (turns.isLate()) return null
    const end = way === 'grams' ? await spanEnd(db, noteIndex, rest, order, span) : undefined
    const { within, beyond } = end === undefined ? { within: rest, beyond: null } : cut(rest, end, order)
    const before = performance.now()
    const batch = await query({ ...within, limit })
    if (performance.now() - before < QUICK) span *= 2
    yield* batch
    await turns.next()
    seen += batch.length
    const last = batch.length === limit ? batch.at(-1)?.id : undefined
    const left = last === undefined ? beyond : order === 'asc' ? { ...rest, since: last } : { ...rest, until: last }
    if (!left) return null
    rest = left
  }
  return null
}

/** A stretch in two: up to and with a note, or in the other direction without it, and what comes then. */
const cut = ({ since, until }: Stretch, at: string, order: Page['order']): Record<'within' | 'beyond', Stretch> =>
  order === 'asc'
    ? { within: { since, until: `${at}${NO_BOUND}` }, beyond: { since: at, until } }
    : { within: { since: at, until }, beyond: { since, until: `${at}${NO_BOUND}` } }
