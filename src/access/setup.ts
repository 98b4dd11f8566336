import type { Ctx } from '../context.ts'
import { putSetting, settingsByName } from '../db/queries/settings.ts'
import { hmac, randomSecret, sameText } from '../lib/crypto.ts'

const SETTING = 'setupCode'
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** Whether there is no account yet that administers the server. */
export const needsSetup = (ctx: Ctx): boolean => ctx.settings.current().rootUserId === null

/** Makes the one-time link by which the first administrator is made; earlier links no longer work. */
export async function newSetupLink(ctx: Ctx): Promise<string> {
  const code = randomSecret(24)
  await ctx.transact((tx) => putSetting(tx, SETTING, hmac(ctx.config.key, `setup ${code}`)))
  return `${ctx.config.url}/setup/${code}`
}

/** Whether this is the code of the link printed last, and it is still needed. */
export async function isSetupCode(ctx: Ctx, code: string): Promise<boolean> {
  if (!needsSetup(ctx)) return false
  const digest = (await settingsByName(ctx.db))[SETTING]
  return typeof digest === 'string' && sameText(digest, hmac(ctx.config.key, `setup ${code}`))
}

/**
 * Whether the first account may be made with this setup password (null for none given). Without one in the settings it
 * may only on a server that nobody else can reach.
 */
export function isSetupPassword(ctx: Ctx, given: string | null): boolean {
  const { setupPassword } = ctx.config
  if (setupPassword !== null) return given !== null && sameText(given, setupPassword)
  return LOOPBACK.test(new URL(ctx.config.url).hostname)
}
