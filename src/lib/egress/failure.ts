/**
 * Why an outgoing request brought no answer. `refused` is the other side refusing the connection; what our own rules
 * refuse is `badUrl` (scheme, port, credentials, a redirect from https to http) or `privateAddress`.
 */
export type EgressFailureKind =
  | 'badUrl'
  | 'privateAddress'
  | 'unresolvable'
  | 'refused'
  | 'timeout'
  | 'tooLarge'
  | 'tooManyRedirects'
  | 'badTls'
  | 'network'

/** `detail` is for the log only: it can name addresses of the inner network, which a stranger must not learn. */
export interface EgressFailure {
  failed: EgressFailureKind
  detail: string
}

/** Carries a failure through the places where Node wants an error: an abort reason, a stream that breaks off. */
export class EgressError extends Error {
  readonly failure: EgressFailure

  constructor(failure: EgressFailure) {
    super(`${failure.failed}: ${failure.detail}`)
    this.name = 'EgressError'
    this.failure = failure
  }
}

export function failure(failed: EgressFailureKind, detail: string): EgressFailure {
  return { failed, detail }
}

/** Tells the failure from the answer, whatever the answer is. */
export function isFailure(answer: object): answer is EgressFailure {
  return 'failed' in answer
}

/** What went wrong, from an error that a socket or a response stream ended with. */
export function failureOf(error: unknown): EgressFailure {
  if (error instanceof EgressError) return error.failure
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED') return failure('refused', message)
  if (code === 'ETIMEDOUT') return failure('timeout', message)
  return failure('network', message || String(code ?? error))
}
