import type { Ctx } from '../context.ts'
import { extendJob, finishJob, type JobRow, keepJob, nextJobAt, returnJob, takeJobs } from '../db/queries/jobs.ts'
import { HOUR, MINUTE, SECOND } from '../lib/time.ts'
import type { Handler, Work } from './handler.ts'
import type { Handlers } from './handlers.ts'
import { type Loop, startLoop } from './loop.ts'

/** Longest wait between two looks at the queue: the command line and other processes' lost events wake nobody. */
const LOOK_EVERY = 5 * SECOND
/** Jobs done at the same time by one process. */
const AT_ONCE = 8
/** How long a process may say nothing before its jobs are done by others. */
const LEASE = MINUTE
/** After so many attempts a job is given up. */
const ATTEMPTS = 10

/** Milliseconds until the next attempt: ten seconds at first, an hour at last, not at the same time for all. */
const backoff = (attempts: number): number =>
  Math.round(Math.min(HOUR, 10 * SECOND * 3 ** (attempts - 1)) * (0.8 + 0.4 * Math.random()))

/** Does what is in the queue. */
export function startWorker(ctx: Ctx, handlers: Partial<Handlers>): Loop {
  const running = new Set<Promise<void>>()
  const stop = new AbortController()

  const loop = startLoop(
    async () => {
      const now = Date.now()
      const next = await nextJobAt(ctx.db)
      // One that ends wakes the loop.
      if (next === null || running.size >= AT_ONCE) return LOOK_EVERY
      if (next > now) return Math.min(LOOK_EVERY, next - now)
      const jobs = await ctx.transact((tx) => takeJobs(tx, now, now + LEASE, AT_ONCE - running.size))
      for (const job of jobs) {
        const ending = doJob(ctx, handlers, job, stop.signal).finally(() => {
          running.delete(ending)
          loop.wake()
        })
        running.add(ending)
      }
      // None: another process took them in this moment.
      return jobs.length > 0 ? 0 : SECOND / 10
    },
    (error) => ctx.log.error({ err: error }, 'The queue of jobs could not be read'),
  )
  return {
    wake: loop.wake,
    async close() {
      stop.abort()
      await loop.close()
      await Promise.all(running)
    },
  }
}

/** Does one job and says what became of it; never rejects. */
async function doJob(ctx: Ctx, handlers: Partial<Handlers>, job: JobRow, stop: AbortSignal): Promise<void> {
  const about = { job: job.id, kind: job.kind, attempt: job.attempts }
  const lost = new AbortController()
  const lease = setInterval(() => {
    ctx
      .transact((tx) => extendJob(tx, job, Date.now() + LEASE))
      .then((isOurs) => isOurs || lost.abort())
      .catch((error) => ctx.log.error({ ...about, err: error }, 'A job could not be kept'))
  }, LEASE / 3)
  lease.unref()
  try {
    const outcome = await attempt(ctx, handlers, job, AbortSignal.any([stop, lost.signal])).catch((error) => {
      if (!stop.aborted) ctx.log.error({ ...about, err: error }, 'A job failed')
      return 'again' as const
    })
    await settle(ctx, job, outcome, stop.aborted)
  } catch (error) {
    // Its lease runs out, and it is done again.
    ctx.log.error({ ...about, err: error }, 'What became of a job could not be written down')
  } finally {
    clearInterval(lease)
  }
}

async function attempt(ctx: Ctx, handlers: Partial<Handlers>, job: JobRow, signal: AbortSignal) {
  if (signal.aborted) return 'again'
  const handler = (handlers as Partial<Record<string, Handler<unknown>>>)[job.kind]
  if (!handler) throw new Error(`There is nobody to do jobs of the kind ${job.kind}`)
  const work: Work<unknown> = {
    data: job.data,
    attempt: job.attempts,
    signal,
    done: (tx) => finishJob(tx, job),
    keep: (tx, data) => keepJob(tx, job, data),
  }
  return handler(ctx, work)
}

async function settle(ctx: Ctx, job: JobRow, outcome: 'again' | undefined, stopping: boolean): Promise<void> {
  const { attempts } = job
  const isOver = outcome !== 'again' || (attempts >= ATTEMPTS && !stopping)
  if (outcome === 'again' && isOver) ctx.log.warn({ job: job.id, kind: job.kind, attempts }, 'A job was given up')
  await ctx.transact(async (tx) => {
    if (isOver) await finishJob(tx, job)
    // An attempt that was cut short does not count.
    else if (stopping) await returnJob(tx, job, Date.now(), attempts - 1)
    else await returnJob(tx, job, Date.now() + backoff(attempts), attempts)
  })
}
