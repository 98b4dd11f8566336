import { setImmediate } from 'node:timers/promises'
import { type Expression, type RawBuilder, sql } from 'kysely'
import { gramsToFind, normalise } from '../../lib/grams.ts'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import { notExcluded } from './exclusions.ts'
import { gramsToMatch, matching, noteIndex, type Part } from './gram-index.ts'
import { all, any, NO_BOUND } from './note-lists.ts'
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
/** Of one author, or in one channel, so many are looked for by what they say before all of theirs are looked through. */
const TRIED_BY_GRAMS = 1000
/** Milliseconds after which others get their turn. */
const TURN = 5

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
  /** Whether the viewer may find it. */
  isOpen: boolean | number
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
      select "note"."id", "note"."text", "note"."cw", ${isOpen(p, isAnonymous ? null : p.viewer)} as "isOpen"
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

/** A stretch of notes; the bounds are left out. */
interface Stretch {
  since: string
  until: string
}

/**
 * Ids of one page of the notes that say something, in the order of the page: all of them open to the viewer, as full as
 * pages of other lists. A search that would have to look into too many notes ends with what it has found.
 * @param viewer null for an anonymous one
 * @param skipped how many of the found ones, from the beginning of the page, are left out
 */
export async function searchNotes(
  db: Db,
  viewer: string | null,
  search: NoteSearch,
  page: Page,
  skipped: number,
): Promise<string[]> {
  const needle = normalise(search.query)
  const found: string[] = []
  let budget = BUDGET
  let turn = performance.now()
  for await (const { id, text, cw, isOpen } of candidatesOf(db, viewer, search, needle, page)) {
    budget -= 1 + ((text?.length ?? 0) + (cw?.length ?? 0)) / LENGTH_OF_ONE
    if (isOpen && [text, cw].some((said) => said !== null && normalise(said).includes(needle))) found.push(id)
    if (found.length === skipped + page.limit || budget < 0) break
    if (performance.now() - turn < TURN) continue
    await setImmediate()
    turn = performance.now()
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
): AsyncGenerator<Candidate> {
  const grams = gramsToFind(needle)
  const values = { viewer: viewer ?? '', userId: userId ?? '', channelId: channelId ?? '', now: Date.now() }
  const asked = { ...values, grams: gramsToMatch(db, grams) }
  const read = (way: Way, stretch: Stretch, most: number) =>
    candidatesIn(db, way, viewer, asked, page.order, stretch, most)
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
    const rest = yield* read('grams', stretch, place === 'all' ? Infinity : TRIED_BY_GRAMS)
    if (rest) yield* read(place, rest, Infinity)
  }
  const parts = cursor === '' ? [fresh] : [fresh, indexed]
  if (page.order === 'asc') parts.reverse()
  for (const part of parts) yield* part()
}

/** The candidates in a stretch; returns what is left of it after `most` of them, or null for nothing. */
async function* candidatesIn(
  db: Db,
  way: Way,
  viewer: string | null,
  asked: Omit<Asked, 'limit' | keyof Stretch>,
  order: Page['order'],
  stretch: Stretch,
  most: number,
): AsyncGenerator<Candidate, Stretch | null> {
  const query = queries[way][viewer === null ? 'anonymous' : 'person'][order]
  let { since, until } = stretch
  let seen = 0
  for (let limit = FIRST_BATCH; since < until; limit = BATCH) {
    if (seen >= most) return { since, until }
    const batch = await query(db, { ...asked, since, until, limit })
    yield* batch
    if (batch.length < limit) return null
    seen += batch.length
    const last = batch.at(-1)!.id
    if (order === 'asc') since = last
    else until = last
  }
  return null
}
