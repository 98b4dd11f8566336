import { problem } from '../problem.ts'
import type { Step } from '../request.ts'

/** Only codes are given out. Clients expect this before anything else is looked at, and with this status. */
export const readResponseType: Step = (_ctx, { query }) =>
  // RFC 6749 section 3.1.1. RFC 9700 section 2.1.2 advises against the implicit grant.
  query.get('response_type') === 'code'
    ? null
    : problem('unsupported_response_type', 'response_type has to be code.', 501)
