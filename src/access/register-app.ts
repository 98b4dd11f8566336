import type { Ctx } from '../context.ts'
import { type AppRow, insertApp } from '../db/queries/apps.ts'
import { toJson } from '../db/schema/json.ts'
import { randomSecret } from '../lib/crypto.ts'
import { digestOf } from './token.ts'

const SECRET_LENGTH = 32

/** What an application says of itself. */
export interface NewApp {
  name: string
  description: string
  permissions: readonly string[]
  callbackUrl: string | null
}

/** `account-read` and `account/read` were once what `read:account` is now. */
const currentName = (name: string): string => name.replace(/^(.+)[-/](read|write)$/s, '$2:$1')

/**
 * Names of permissions as they are called today, each once. Names nobody knows stay: applications compare the list they
 * get with the one they sent, and some still ask for what is long gone.
 */
export const currentNames = (names: readonly string[]): string[] => [...new Set(names.map(currentName))]

/**
 * Registers an application for the legacy flow.
 * @param userId whose it is; null for nobody's
 * @returns the application and its secret, which cannot be shown again
 */
export async function registerApp(
  ctx: Ctx,
  userId: string | null,
  { name, description, permissions, callbackUrl }: NewApp,
): Promise<{ app: AppRow; secret: string }> {
  const secret = randomSecret(SECRET_LENGTH)
  const permission = currentNames(permissions)
  const app = { id: ctx.ids.next(), userId, secretDigest: digestOf(secret), name, description, permission, callbackUrl }
  await ctx.transact((tx) => insertApp(tx, { ...app, permission: toJson(permission) }))
  return { app, secret }
}
