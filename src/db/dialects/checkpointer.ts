import { Worker } from 'node:worker_threads'

/** Commits after which the write-ahead log is copied into the database: some ten megabytes of it. */
const COMMITS_BETWEEN = 256

/**
 * Copies the write-ahead log into the database file from a thread of its own, for a checkpoint waits for the disk.
 * The thread is started when there is first something to do.
 */
export class Checkpointer {
  readonly #file: string
  readonly #onError: (error: Error) => void
  #worker: Worker | null = null
  #commits = 0
  #busy = false

  constructor(file: string, onError: (error: Error) => void) {
    this.#file = file
    this.#onError = onError
  }

  /** To be called after each commit. */
  committed(): void {
    if (++this.#commits < COMMITS_BETWEEN || this.#busy) return
    this.#commits = 0
    this.#busy = true
    this.#started().postMessage('checkpoint')
  }

  #started(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL(`./checkpoint-worker${import.meta.url.slice(-3)}`, import.meta.url), {
      workerData: { file: this.#file },
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
    })
    worker.unref()
    worker.on('message', () => {
      this.#busy = false
    })
    worker.on('error', (error) => {
      this.#busy = false
      this.#worker = null
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
