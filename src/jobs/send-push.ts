import type { Ctx } from '../context.ts'
import { vapidKeys } from '../core/vapid.ts'
import type { PushSubscriptionRow } from '../db/queries/push-subscriptions.ts'
import { isFailure } from '../lib/egress.ts'
import { DAY, HOUR, SECOND } from '../lib/time.ts'
import { arePushKeys, encryptPush, vapidAuthorization } from '../lib/web-push.ts'

/** What became of a message: it may be worth another try, or the subscription is not worth any. */
export type PushOutcome = 'sent' | 'refused' | 'later' | 'gone'

/** For how long a push service keeps a message for a device that cannot be reached. */
const KEPT = DAY

/** Sends a message to a device, by its push service. */
export async function sendPush(
  ctx: Ctx,
  { endpoint, ...keys }: PushSubscriptionRow,
  message: string,
  signal: AbortSignal,
): Promise<PushOutcome> {
  const vapid = vapidKeys(ctx)
  if (!vapid) return 'later'
  const { protocol } = URL.parse(endpoint) ?? {}
  // RFC 8030 section 8.1: the address is a secret by which anyone could send, so it never goes over the wire in the open.
  if (protocol !== 'https:' && !(protocol === 'http:' && ctx.config.allowPrivateNetwork)) return 'gone'
  if (!arePushKeys(keys)) return 'gone'
  const { url } = ctx.config
  const subject = url.startsWith('https:') ? url : `mailto:admin@${new URL(url).hostname}`
  const answer = await ctx.egress.fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'content-encoding': 'aes128gcm',
      // RFC 8030 section 5.2: seconds.
      ttl: String(KEPT / SECOND),
      authorization: vapidAuthorization(endpoint, subject, vapid, Math.floor((Date.now() + 12 * HOUR) / SECOND)),
    },
    body: encryptPush(message, keys),
    maxBytes: 64 * 1024,
    timeoutMs: 10 * SECOND,
    maxRedirects: 0,
    signal,
  })
  if (isFailure(answer)) return answer.failed === 'badUrl' || answer.failed === 'privateAddress' ? 'refused' : 'later'
  const { status } = answer
  if (status === 404 || status === 410) return 'gone'
  if (status === 429 || status >= 500) return 'later'
  return status < 300 ? 'sent' : 'refused'
}
