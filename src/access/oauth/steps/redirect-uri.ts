import { readCallback } from '../../callback.ts'
import { isLoopback } from '../client-id.ts'
import { problem } from '../problem.ts'
import type { Step } from '../request.ts'

/** The answer goes only to an address the client publishes. */
export const readRedirectUri: Step = (ctx, asked) => {
  const refuse = (reason: string) => problem('invalid_request', reason)
  const redirectUri = asked.query.get('redirect_uri')
  // RFC 6749 section 3.1.2.3.
  if (!redirectUri) return refuse('redirect_uri is missing.')
  if (asked.redirectUris.length === 0) {
    return refuse('The client_id publishes no redirect_uri: add a Link header, a <link> or redirect_uris there.')
  }
  if (!asked.redirectUris.some((published) => isSame(published, redirectUri))) {
    return refuse('The redirect_uri is not among those published at the client_id. They are compared letter by letter.')
  }
  const url = URL.parse(redirectUri)
  // RFC 6749 section 3.1.2.
  if (!url || redirectUri.includes('#')) return refuse('The redirect_uri has to be a whole URL without a fragment.')
  // Schemes that run code or read files (RFC 8252 section 7.1 leaves the choice of schemes to clients).
  if (readCallback(redirectUri).kind === 'refused') return refuse('The redirect_uri has a scheme nobody is sent to.')
  // RFC 9700 section 2.6: a code must not travel in the clear.
  if (url.protocol === 'http:' && !isLoopback(url) && !ctx.config.allowPrivateNetwork) {
    return refuse('The redirect_uri has to begin with https://, or be on the person’s own machine.')
  }
  asked.redirectUri = redirectUri
  return null
}

/**
 * RFC 9700 section 2.1: letter by letter. RFC 8252 section 7.3: except for the port of an app that listens on a loopback
 * address, which it gets only when it starts.
 */
function isSame(published: string, asked: string): boolean {
  if (published === asked) return true
  const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::\d{1,5})?(?=[/?]|$)/
  return (
    loopback.test(published) &&
    loopback.test(asked) &&
    published.replace(loopback, '$1') === asked.replace(loopback, '$1')
  )
}
