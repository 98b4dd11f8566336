import type { Selectable } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import type { JobData, JobKind } from '../schema/jobs.ts'
import { toJson } from '../schema/json.ts'
import type { JobTable } from '../schema/server.ts'

export type JobRow = Selectable<JobTable>

/** Work to be done later, whatever happens to this process. */
interface JobOf<K extends JobKind> {
  id: string
  kind: K
  /** What it is about, by which it can be found again. */
  subject?: string
  data: JobData[K]
  /** Not before this moment, in milliseconds since 1970. */
  runAt: number
}

export type NewJob = { [K in JobKind]: JobOf<K> }[JobKind]

/**
 * Puts work into the queue, as part of the transaction that makes it necessary. It is found within seconds; `later` in
 * core has it done at once.
 */
export async function enqueue(tx: Db, { id, kind, subject, data, runAt }: NewJob): Promise<void> {
  await tx
    .insertInto('job')
    .values({ id, kind, subject: subject ?? null, data: toJson(data), runAt })
    .execute()
}

/** Puts several such things into the queue. */
export async function enqueueAll(tx: Db, jobs: readonly NewJob[]): Promise<void> {
  const rows = jobs.map(({ id, kind, subject, data, runAt }) => ({
    ...{ id, kind, runAt },
    subject: subject ?? null,
    data: toJson(data),
  }))
  if (rows.length > 0) await tx.insertInto('job').values(rows).execute()
}

const first = prepared((db, _: Parameters<object>) => db.selectFrom('job').select('runAt').orderBy('runAt').limit(1))

/** When there is something to do next, in milliseconds since 1970; null for never. */
export const nextJobAt = async (db: Db): Promise<number | null> => (await first(db, {}))[0]?.runAt ?? null

const take = prepared((db, p: Parameters<{ now: number; until: number; limit: number }>) =>
  db
    .updateTable('job')
    .set((row) => ({ takenUntil: p.until, runAt: p.until, attempts: row('attempts', '+', 1) }))
    .where('id', 'in', (row) =>
      row.selectFrom('job').select('id').where('runAt', '<=', p.now).orderBy('runAt').limit(p.limit),
    )
    // Asked once more: of two processes that chose the same ones, the second waits here and then finds them taken.
    .where('runAt', '<=', p.now)
    .returningAll(),
)

/**
 * Takes what is due, at most `limit`, so that nobody else does it before `until`: then it is due again, for whoever took
 * it has died. `takenUntil` tells this taking from every other.
 */
export const takeJobs = (tx: Db, now: number, until: number, limit: number): Promise<JobRow[]> =>
  take(tx, { now, until, limit })

/** A job as it was taken: what is done with it counts only as long as nobody else has taken it. */
export type Taken = Pick<JobRow, 'id' | 'takenUntil'>

const taken = (db: Db, { id, takenUntil }: Taken) =>
  db.updateTable('job').where('id', '=', id).where('takenUntil', '=', takenUntil)

/** Ends a job; false when it was not this process's to end. */
export async function finishJob(tx: Db, { id, takenUntil }: Taken): Promise<boolean> {
  const row = await tx
    .deleteFrom('job')
    .where('id', '=', id)
    .where('takenUntil', '=', takenUntil)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Keeps a job from others until a later moment; false when somebody has it already. */
export async function extendJob(tx: Db, job: Taken, until: number): Promise<boolean> {
  return (await taken(tx, job).set({ runAt: until }).returning('id').executeTakeFirst()) !== undefined
}

/** Notes how far a job has come, for when it has to be taken up again; false when it is somebody else's now. */
export async function keepJob(tx: Db, job: Taken, data: unknown): Promise<boolean> {
  return (
    (await taken(tx, job)
      .set({ data: toJson(data) })
      .returning('id')
      .executeTakeFirst()) !== undefined
  )
}

/** Puts a job back, to be tried again at a moment. */
export async function returnJob(tx: Db, job: Taken, runAt: number, attempts: number): Promise<void> {
  await taken(tx, job).set({ runAt, attempts, takenUntil: 0 }).execute()
}
