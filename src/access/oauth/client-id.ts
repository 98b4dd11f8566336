const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** No client's address is longer. */
const MAX_LENGTH = 1024

/** Whether the URL names this machine. */
export const isLoopback = (url: URL): boolean => LOOPBACK.has(url.hostname)

/** The one form of a client id: `https://app.example` and `HTTPS://App.example:443/` are the same client. */
export const normalClientId = (clientId: string): string => URL.parse(clientId)?.href ?? clientId

/**
 * What keeps a `client_id` from being the address of a client's page, in words for its developer; null when nothing does
 * (IndieAuth section 3.3).
 * @param allowLocal takes addresses on this machine, and plain http; for development
 */
export function clientIdFault(clientId: string, allowLocal: boolean): string | null {
  if (clientId.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`
  // Parsers drop these: what was checked would not be what was sent.
  if (/[\u0000-\u0020\u007f\\]/.test(clientId)) return 'holds a space, a control character or a backslash'
  const url = URL.parse(clientId)
  if (!url) return 'is not a URL: it has to be the address of a page about your application'
  if (url.protocol !== 'https:' && !(allowLocal && url.protocol === 'http:')) return 'has to begin with https://'
  // The parser resolves these, so that only the text as sent still has them.
  if (/\/(?:\.|%2e){1,2}(?:[/?#]|$)/i.test(clientId)) return 'has a dot segment in its path'
  if (clientId.includes('#')) return 'has a fragment'
  if (url.username !== '' || url.password !== '' || /^[^/?#]*\/\/[^/?#]*@/.test(clientId)) return 'has a user name'
  if (isLoopback(url)) {
    return allowLocal ? null : 'is on this machine, which is only possible on servers for development'
  }
  return /\.[a-z][a-z\d-]*\.?$/i.test(url.hostname) ? null : 'has to be on a host with a full name'
}
