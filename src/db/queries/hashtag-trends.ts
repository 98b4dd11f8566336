import { type Expression, sql } from 'kysely'
import { HOUR, MINUTE } from '../../lib/time.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'

/** What a chart is drawn of, and what is compared. */
const STEP = 10 * MINUTE
const RANKED = HOUR
const STEPS = 20

const startOf = (time: number, span: number): number => Math.floor(time / span) * span

/** Counts a person among those who use these hashtags just now; each counts once in every span of time. */
export async function countTrend(tx: Db, userId: string, tags: readonly string[], now: number): Promise<void> {
  const sorted = tags.toSorted()
  const uses = [STEP, RANKED].flatMap((span) => sorted.map((tag) => ({ tag, span, start: startOf(now, span), userId })))
  const rows = await tx
    .insertInto('hashtagUse')
    .values(uses)
    .onConflict((conflict) => conflict.doNothing())
    .returning(['tag', 'span', 'start'])
    .execute()
  if (rows.length === 0) return
  await tx
    .insertInto('hashtagTrend')
    .values(rows.map((row) => ({ ...row, people: 1 })))
    .onConflict((conflict) =>
      conflict.columns(['tag', 'span', 'start']).doUpdateSet((row) => ({ people: row('hashtagTrend.people', '+', 1) })),
    )
    .execute()
}

const topOf = (db: Db, start: Expression<number>, limit: Expression<number>) =>
  db
    .selectFrom('hashtagTrend')
    .select(['tag', 'people'])
    .where('span', '=', sql.lit(RANKED))
    .where('start', '=', start)
    .orderBy('people', 'desc')
    .orderBy('tag', 'desc')
    .limit(limit)

const top = prepared((db, p: Parameters<{ current: number; previous: number; limit: number }>) =>
  db
    .selectFrom(
      db
        .selectFrom(topOf(db, p.current, p.limit).as('current'))
        .selectAll()
        .unionAll(db.selectFrom(topOf(db, p.previous, p.limit).as('previous')).selectAll())
        .as('both'),
    )
    .select('tag')
    .groupBy('tag')
    .orderBy((row) => row.fn.sum('people'), 'desc')
    .orderBy('tag', 'desc')
    .limit(p.limit),
)

/** The hashtags that most people use in this hour and the one before. */
export async function trendingTags(db: Db, now: number, limit: number): Promise<string[]> {
  const current = startOf(now, RANKED)
  return (await top(db, { current, previous: current - RANKED, limit })).map(({ tag }) => tag)
}

/** How many people used each of these hashtags, in ten minutes each, the latest first. */
export async function trendCharts(db: Db, tags: readonly string[], now: number): Promise<Map<string, number[]>> {
  const latest = startOf(now, STEP)
  const charts = new Map(tags.map((tag) => [tag, Array<number>(STEPS).fill(0)]))
  if (tags.length === 0) return charts
  const rows = await db
    .selectFrom('hashtagTrend')
    .select(['tag', 'start', 'people'])
    .where('tag', 'in', tags)
    .where('span', '=', STEP)
    .where('start', '>', latest - STEPS * STEP)
    .where('start', '<=', latest)
    .execute()
  for (const { tag, start, people } of rows) charts.get(tag)![(latest - start) / STEP] = people
  return charts
}

/** Drops what no chart shows any more. */
export async function forgetTrends(tx: Db, now: number): Promise<void> {
  const oldest = now - (STEPS + 1) * STEP
  await tx.deleteFrom('hashtagUse').where('start', '<', oldest).execute()
  for (const span of [STEP, RANKED]) {
    await tx.deleteFrom('hashtagTrend').where('span', '=', span).where('start', '<', oldest).execute()
  }
}
