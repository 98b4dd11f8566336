import { revokeGrant } from '../access/grant.ts'
import { issueToken } from '../access/manual.ts'
import { isPermission, permissions, userPermissions } from '../access/permission.ts'
import { readConfig } from '../config/config.ts'
import type { Ctx } from '../context.ts'
import { grantsOf } from '../db/queries/grants.ts'
import { userByName } from '../db/queries/users.ts'
import { isoTimeOfId } from '../lib/id.ts'
import { DAY } from '../lib/time.ts'
import { open } from '../server.ts'
import { readArguments, takeFlags, UsageError } from './arguments.ts'
import type { Command } from './command.ts'

const USAGE = [
  'mamekey token issue NAME --permission read:account,write:notes [--label TEXT] [--days N]',
  '  --permission all stands for everything a person may grant, admin for that and administration',
  'mamekey token list NAME',
  'mamekey token revoke NAME ID',
].join('\n')

/**
 * `mamekey token …`: access tokens, without a browser. Works beside a running server, which follows within five seconds,
 * or at once where it is on the same bus.
 */
export const token: Command = async (args, environment) => {
  const parsed = readArguments(args)
  const { own, settings } = takeFlags(parsed, ['permission', 'label', 'days'])
  const [action, name, id] = parsed.words
  if (!name) throw new UsageError(USAGE)
  const config = readConfig({ log: 'warn', ...settings }, environment)
  const { ctx, close } = await open(config)
  try {
    const person = await userByName(ctx.db, name)
    if (!person) throw new UsageError(`There is nobody called ${name}. ./mamekey user list shows everyone.`)
    if (action === 'issue') return await issue(ctx, person.id, own)
    if (action === 'list') return await list(ctx, person.id)
    if (action !== 'revoke' || !id) throw new UsageError(USAGE)
    if (!(await revokeGrant(ctx, person.id, id))) throw new UsageError(`${name} has no token ${id}.`)
    console.log('Revoked. A running server refuses it within five seconds.')
    return 0
  } finally {
    await close()
  }
}

async function issue(
  ctx: Ctx,
  userId: string,
  own: { permission?: string; label?: string; days?: string },
): Promise<number> {
  const days = own.days === undefined ? null : Number(own.days)
  if (days !== null && !(days > 0 && days < 36_500)) throw new UsageError('--days takes a number of days, such as 30')
  const issued = await issueToken(ctx, userId, {
    session: null,
    name: own.label ?? null,
    description: null,
    iconUrl: null,
    permissions: permissionsOf(own.permission),
    expiresAt: days === null ? null : Date.now() + days * DAY,
  })
  if (typeof issued === 'string') throw new UsageError('The token was not made.')
  console.log(issued.token)
  return 0
}

function permissionsOf(text: string | undefined): readonly string[] {
  if (text === undefined) throw new UsageError(USAGE)
  if (text === 'all') return userPermissions
  if (text === 'admin') return permissions
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !isPermission(name))
  if (unknown !== undefined)
    throw new UsageError(`“${unknown}” is not a permission, such as read:account or write:notes`)
  return names
}

async function list(ctx: Ctx, userId: string): Promise<number> {
  for (const grant of await grantsOf(ctx.db, userId, Date.now())) {
    const used =
      grant.lastUsedAt === null ? 'never used' : `used ${new Date(grant.lastUsedAt).toISOString().slice(0, 10)}`
    const end = grant.expiresAt === null ? '' : `ends ${new Date(grant.expiresAt).toISOString().slice(0, 10)}`
    const name = grant.name ?? grant.appName ?? '(no name)'
    console.log([grant.id, grant.kind, name, isoTimeOfId(grant.id).slice(0, 10), used, end].join('  ').trimEnd())
  }
  return 0
}
