import { userPermissions } from '../access/permission.ts'
import { digestOf } from '../access/token.ts'
import type { Ctx } from '../context.ts'
import { insertAccessToken, insertGrant } from '../db/queries/grants.ts'
import { insertSession } from '../db/queries/sessions.ts'
import { claimSetting } from '../db/queries/settings.ts'
import { claimUsername, insertUser } from '../db/queries/users.ts'
import { toJson } from '../db/schema/json.ts'

/** The password of everyone in a development server. */
export const SEED_PASSWORD = 'mamekey'
/** Its argon2id hash, made beforehand so that the start does not wait for it. */
const HASH = '$argon2id$v=19$m=19456,t=2,p=1$0TE/1JzDAkZ0zu3wNB8awA$8w54gzKpTEyc86EZWygeccjrb3NriC3gN0lwFoSPAug'

const person = (username: string, name: string) => ({
  username,
  name,
  token: `${username}DevToken0000000`.slice(0, 16),
  appToken: `${username}DevAppToken000000000000000000`.slice(0, 32),
})

/** People with tokens that never change, for scripts to rely on. For development servers only: anyone knows them. */
export const people = [
  person('admin', 'Admin'),
  person('alice', 'Alice'),
  person('bob', 'Bob'),
  person('carol', 'Carol'),
]

/** Plants the people of a development server; the first of them administers it. */
export async function seed(ctx: Ctx): Promise<void> {
  await ctx.transact(async (tx) => {
    for (const { username, name, token, appToken } of people) {
      const userId = ctx.ids.next()
      await claimUsername(tx, username, Date.now())
      await insertUser(tx, { id: userId, username, usernameLower: username, name }, HASH)
      await claimSetting(tx, 'rootUserId', userId)
      await insertSession(tx, { id: ctx.ids.next(), userId, digest: digestOf(token), userAgent: 'dev', ip: 'dev' })
      const grantId = ctx.ids.next()
      await insertGrant(tx, {
        id: grantId,
        userId,
        kind: 'manual',
        appId: null,
        clientId: null,
        miauthDigest: null,
        name: 'dev',
        description: null,
        iconUrl: null,
        permission: toJson(userPermissions),
        expiresAt: null,
        claimableUntil: null,
      })
      await insertAccessToken(tx, {
        id: ctx.ids.next(),
        grantId,
        userId,
        digest: digestOf(appToken),
        legacyDigest: null,
        family: null,
        proofKey: null,
        expiresAt: null,
      })
    }
  })
  await ctx.settings.reload()
}
