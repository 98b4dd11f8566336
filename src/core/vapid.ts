import type { Ctx } from '../context.ts'
import { claimSetting } from '../db/queries/settings.ts'
import { seal, unseal } from '../lib/crypto.ts'
import { newVapidKeys, type VapidKeys } from '../lib/web-push.ts'

/** Makes the key pair by which push services know this server, once for all of its life. */
export async function makeVapidKeys(ctx: Ctx): Promise<void> {
  if (ctx.settings.current().vapid) return
  const { publicKey, privateKey } = newVapidKeys()
  const vapid = { publicKey, privateKey: seal(ctx.config.key, privateKey) }
  await ctx.transact(async (tx, afterCommit) => {
    // Of several processes that start at once, all use the pair of the first.
    if (await claimSetting(tx, 'vapid', vapid)) afterCommit(() => ctx.bus.publish({ type: 'settings' }))
  })
  await ctx.settings.reload()
}

/** That key pair, null while there is none. */
export function vapidKeys(ctx: Ctx): VapidKeys | null {
  const { vapid } = ctx.settings.current()
  return vapid && { publicKey: vapid.publicKey, privateKey: unseal(ctx.config.key, vapid.privateKey) }
}
