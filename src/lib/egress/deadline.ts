import { EgressError, type EgressFailure, failure, failureOf } from './failure.ts'

/** The one time limit of a request, its redirects and its body; also the handle by which it is ended early. */
export interface Deadline {
  /** Aborted with an `EgressError` as its reason. */
  signal: AbortSignal
  /** Waits for the work, but not longer than the deadline; the work's own rejections pass through. */
  race<T>(work: Promise<T>): Promise<T | EgressFailure>
  abort(why: EgressFailure): void
  /** Stops the clock; the work is done. */
  end(): void
}

/** Starts the clock. The caller's own signal ends the request as well. */
export function startDeadline(timeoutMs: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController()
  const { signal } = controller
  const abort = (why: EgressFailure) => controller.abort(new EgressError(why))
  const timer = setTimeout(() => abort(failure('timeout', `not complete within ${timeoutMs} ms`)), timeoutMs)
  const cancel = () => abort(failure('network', 'cancelled by the caller'))
  outer?.addEventListener('abort', cancel, { once: true })
  if (outer?.aborted) cancel()

  return {
    signal,
    abort,
    race(work) {
      return new Promise((resolve, reject) => {
        const ended = () => resolve(failureOf(signal.reason))
        if (signal.aborted) ended()
        signal.addEventListener('abort', ended, { once: true })
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', ended))
      })
    },
    end() {
      clearTimeout(timer)
      outer?.removeEventListener('abort', cancel)
    },
  }
}
