import assert from 'node:assert/strict'
import type { Refusal } from './contract.ts'
import type { Received } from './send.ts'

/** The answer as a refusal, so that it can be compared as a whole. */
function refusalOf({ status, headers, body }: Received): Refusal | { status: number; body: unknown } {
  if (!body?.error) return { status, body }
  const { code, id, kind, message } = body.error
  return { status, code, id, kind, challenge: challengeOf(headers['www-authenticate'], message) }
}

/** Reads the header by its whole form (RFC 6750 §3); what is not of that form is returned as it is. */
function challengeOf(header: string | undefined, message: string): Refusal['challenge'] {
  if (header === undefined) return null
  if (header === 'Bearer realm="Misskey"') return 'realm'
  const form = /^Bearer realm="Misskey", error="(\w+)", error_description="([\x20\x21\x23-\x5b\x5d-\x7e]+)"$/
  const [, error, description] = form.exec(header) ?? []
  const isSame = description?.replaceAll(/[^a-z]/gi, '') === message.replaceAll(/[^a-z]/gi, '')
  return (isSame && error ? error : header) as Refusal['challenge']
}

/** Fails unless the answer is this refusal, in status, code, id, kind and WWW-Authenticate. */
export function assertRefused(received: Received, refusal: Refusal, what = 'the refusal'): void {
  assert.deepEqual(refusalOf(received), refusal, what)
}
