import { problem } from '../problem.ts'
import type { Step } from '../request.ts'

/** Clients send challenges of every form, so only this is asked of them. */
const MAX_LENGTH = 1024

/** Ties the code to whoever asked for it: no client has a secret, so every one needs this (RFC 9700 section 2.1.1). */
export const readCodeChallenge: Step = (_ctx, asked) => {
  const challenge = asked.query.get('code_challenge')
  // RFC 7636 section 4.4.1.
  if (!challenge) return problem('invalid_request', 'code_challenge is missing: PKCE is needed (RFC 7636).')
  if (challenge.length > MAX_LENGTH) return problem('invalid_request', 'code_challenge is too long.')
  // RFC 7636 section 4.3: no method means plain, which protects nothing from whoever sees the request.
  if (asked.query.get('code_challenge_method') !== 'S256') {
    return problem('invalid_request', 'code_challenge_method has to be S256.')
  }
  asked.codeChallenge = challenge
  return null
}
