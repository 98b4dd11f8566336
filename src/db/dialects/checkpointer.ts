import { Worker } from 'node:worker_threads'
import { shippedWorker } from '../../lib/shipped.ts'

/** Commits after which the write-ahead log is copied into the database. */
const COMMITS_BETWEEN = 256
/** Pages in the log (of 4 kB each) from which on it has to be begun anew: some thirty megabytes. */
const LONG_LOG = 8192

/**
 * Copies the write-ahead log into the database file from a thread of its own, for a checkpoint waits for the disk.
 * The thread is started when there is first something to do.
 *
 * A passive checkpoint neither waits for the writer nor makes it wait. But the log can only be begun anew at a moment when
 * all of it has been copied, which never comes while the writer is busy: a long log needs one that the writer waits for.
 */
export class Checkpointer {
  readonly #file: string
  readonly #onError: (error: Error) => void
  #worker: Worker | null = null
  #commits = 0
  #running: Promise<void> | null = null
  #answered = (_pages: number) => {}
  #isLogLong = false

  constructor(file: string, onError: (error: Error) => void) {
    this.#file = file
    this.#onError = onError
  }

  /**
   * To be called after each commit, outside transactions.
   * @returns what the writer must wait for before it begins the next transaction, if anything
   */
  committed(): Promise<void> | null {
    if (this.#running) return null
    if (this.#isLogLong) return this.#checkpoint('restart')
    if (++this.#commits >= COMMITS_BETWEEN) void this.#checkpoint('passive')
    return null
  }

  async #checkpoint(mode: 'passive' | 'restart'): Promise<void> {
    this.#commits = 0
    this.#running = new Promise((resolve) => {
      this.#answered = (pages) => {
        // Should others have been in the way of the restart, it is time again after the next passive one.
        this.#isLogLong = mode === 'passive' && pages >= LONG_LOG
        this.#running = null
        resolve()
      }
    })
    this.#started().postMessage(mode)
    await this.#running
  }

  #started(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(shippedWorker('db/dialects/checkpoint-worker.ts'), {
      workerData: { file: this.#file },
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
    })
    worker.unref()
    worker.on('message', (pages: number) => this.#answered(pages))
    worker.on('error', (error) => {
      this.#worker = null
      this.#answered(0)
      this.#onError(error as Error)
    })
    this.#worker = worker
    return worker
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
    this.#worker = null
  }
}
