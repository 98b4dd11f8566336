import { problem } from '../problem.ts'
import type { Step } from '../request.ts'

/**
 * Of parameters given twice the first one counts, except for these two: whoever checks one of them and redirects to the
 * other opens the server to strangers.
 */
export const refuseRepeated: Step = (_ctx, { query }) => {
  // RFC 6749 section 3.1.
  const repeated = ['client_id', 'redirect_uri'].find((name) => new Set(query.getAll(name)).size > 1)
  return repeated === undefined ? null : problem('invalid_request', `${repeated} is given more than once.`)
}
