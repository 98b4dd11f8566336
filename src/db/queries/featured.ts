import { type RawBuilder, sql } from 'kysely'
import { lowestIdAt } from '../../lib/id.ts'
import type { Page } from '../../lib/pagination.ts'
import { DAY } from '../../lib/time.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import { noteList } from './note-lists.ts'

/** What makes a note popular, and how much. */
export const popularity = { reaction: 1, renote: 5 }

/** Older notes gain nothing more. */
const YOUNG = 3 * DAY

/** A ranking of notes: its scores are counted in spans of time, of which the current and the one before are looked at. */
interface Ranking {
  /** Milliseconds. */
  span: number
  /** How many notes are in it. */
  size: number
}

const rankings = {
  all: { span: 3 * DAY, size: 100 },
  channel: { span: 3 * DAY, size: 50 },
  author: { span: 7 * DAY, size: 50 },
} satisfies Record<string, Ranking>

/** The place of the ranking of all notes. Others are named by the id of an author or a channel. */
const EVERYWHERE = ''

const startOf = (now: number, { span }: Ranking): number => Math.floor(now / span) * span

const add = prepared(
  (db, p: Parameters<{ noteId: string; oldest: string; by: number; all: number; channel: number; author: number }>) => {
    const scored = (place: RawBuilder<string>, start: RawBuilder<number>, where: RawBuilder<boolean>) => sql`
      select "id", ${place}, ${start}, cast(${p.by} as integer) from "note" where "id" = ${p.noteId} and "id" > ${p.oldest}
        and "visibility" = 'public' and "replyId" is null and ${where}`
    const start = (name: 'all' | 'channel' | 'author') => sql<number>`cast(${p[name]} as bigint)`
    const outside = sql<boolean>`"channelId" is null`
    return {
      compile: () =>
        sql<never>`insert into "noteScore" ("noteId", "place", "start", "score")
          ${scored(sql`${sql.lit(EVERYWHERE)}`, start('all'), outside)}
          union all ${scored(sql`"userId"`, start('author'), outside)}
          union all ${scored(sql`"channelId"`, start('channel'), sql`"channelId" is not null`)}
          on conflict ("noteId", "place", "start") do update set "score" = "noteScore"."score" + excluded."score"`.compile(
          db,
        ),
    }
  },
)

/**
 * Makes a note more popular, as far as it takes part: public notes of the last three days that answer nothing. Belongs
 * into the transaction of what makes it so, after the note's own counters.
 * @param by one of `popularity`, negative when it is taken back
 */
export async function addToScore(tx: Db, noteId: string, by: number): Promise<void> {
  const now = Date.now()
  await add(tx, {
    noteId,
    by,
    oldest: lowestIdAt(now - YOUNG),
    all: startOf(now, rankings.all),
    channel: startOf(now, rankings.channel),
    author: startOf(now, rankings.author),
  })
}

interface Asked {
  place: string
  current: number
  previous: number
  size: number
}

/** The best of each of the two spans, then the best of those: an index gives the former, the latter are few. */
const topNotes = (p: Parameters<Asked>): RawBuilder<unknown> => {
  const best = (start: Parameters<Asked>['current'], name: string) =>
    sql`select * from (select "noteId", "score" from "noteScore"
      where "place" = ${p.place} and "start" = ${start} and "score" > 0
      order by "score" desc, "noteId" desc limit ${p.size}) as ${sql.ref(name)}`
  return sql`select "noteId" from (${best(p.current, 'now')} union all ${best(p.previous, 'before')}) as "both"
    group by "noteId" order by sum("score") desc, "noteId" desc limit ${p.size}`
}

// A cross join: SQLite then begins with the few and does not look for them among all notes.
const featured = noteList<Asked>((_) => [sql`"note"."id" = "top"."noteId"`], {
  source: (p) => ({ from: sql`(${topNotes(p)}) as "top" cross join "note"`, cursor: sql`"top"."noteId"` }),
})

const listOf = (ranking: Ranking) => (db: Db, viewer: string | null, place: string, page: Page) => {
  const current = startOf(Date.now(), ranking)
  return featured(db, viewer, { place, current, previous: current - ranking.span, size: ranking.size }, page)
}

/** The popular notes of these days, latest first. */
export const featuredIds = (db: Db, viewer: string | null, page: Page): Promise<string[]> =>
  listOf(rankings.all)(db, viewer, EVERYWHERE, page)

/** Those in a channel. */
export const featuredInChannelIds = listOf(rankings.channel)

/** Those of a person. */
export const featuredOfUserIds = listOf(rankings.author)

/** Drops scores that no ranking looks at any more. */
export async function forgetScores(tx: Db, now: number): Promise<void> {
  await tx
    .deleteFrom('noteScore')
    .where('start', '<', now - 2 * rankings.author.span)
    .execute()
}
