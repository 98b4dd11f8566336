import type { Ctx } from '../context.ts'
import type { Db } from '../db/database.ts'

/** A job being done. */
export interface Work<D> {
  readonly data: D
  /** The first time is 1. */
  readonly attempt: number
  /** Aborted when the server stops, or when the job was lost to another process. */
  readonly signal: AbortSignal
  /**
   * Ends the job in the transaction of its work, so that the work is done once even if this process dies right after.
   * False when another process has the job: then the transaction must be rolled back.
   */
  done(tx: Db): Promise<boolean>
  /** Notes how far the work has come, in the transaction of that part; false as above. */
  keep(tx: Db, data: D): Promise<boolean>
}

/**
 * Does the work of one kind of job. Unless it ends the job itself, work may be done twice: when the process dies between
 * doing it and saying so. What it throws is logged, and it is tried again later; `again` asks for that in silence.
 */
export type Handler<D> = (ctx: Ctx, work: Work<D>) => Promise<'again' | undefined>
