import type { EgressResponse } from '../../lib/egress.ts'
import { type Client, cleanName, cleanUrl } from './client-text.ts'

/**
 * Reads a client's metadata document (draft-ietf-oauth-client-id-metadata-document).
 * @returns the client, or what is wrong with the document
 */
export function readJsonClient(answer: EgressResponse, clientId: string, given: string): Client | string {
  // Section 5: an answer from elsewhere would speak for an address it is not at.
  if (answer.url !== clientId) return 'redirects to a JSON document, which has to be at the address itself'
  if (answer.status !== 200) return `answered ${answer.status}, where a JSON document needs 200`
  const document = parse(answer.body)
  if (!document) return 'answered with JSON that cannot be read'
  // Section 4: compared as text, with the address as it was sent or in its normal form.
  if (document['client_id'] !== clientId && document['client_id'] !== given) {
    return 'answered with a document whose client_id is another'
  }
  const clientUri = document['client_uri']
  // IndieAuth section 4.2.1.
  if (typeof clientUri !== 'string' || !clientId.startsWith(clientUri) || clientUri === '') {
    return 'answered with a document whose client_uri is missing or not the beginning of the client_id'
  }
  // Sections 4.1 and 8.2: what we cannot check must not pass for a client without a secret.
  const method = document['token_endpoint_auth_method'] ?? 'none'
  if (method !== 'none') return 'asks for a token_endpoint_auth_method other than none'
  if (Object.keys(document).some((name) => name.startsWith('client_secret'))) return 'publishes a client_secret'
  if (publishesKey(document['jwks'])) return 'publishes a private key'

  const uris = document['redirect_uris'] ?? []
  if (!Array.isArray(uris)) return 'answered with a document whose redirect_uris is not a list'
  const redirectUris = uris.filter((uri) => typeof uri === 'string').map((uri) => URL.parse(uri, answer.url)?.href)
  if (redirectUris.includes(undefined)) return 'lists a redirect_uri that is not a URL'
  return {
    name: cleanName(document['client_name']),
    logoUrl: cleanUrl(document['logo_uri'], answer.url),
    redirectUris: redirectUris as string[],
  }
}

function parse(body: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/** Whether a key set holds the private part of a key, or a symmetric one (RFC 7518 section 6). */
function publishesKey(jwks: unknown): boolean {
  const keys = (jwks as { keys?: unknown } | null | undefined)?.keys
  return (
    Array.isArray(keys) && keys.some((key) => typeof key === 'object' && key !== null && ('d' in key || 'k' in key))
  )
}
