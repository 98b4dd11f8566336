import { text } from 'node:stream/consumers'
import { endSessionsOf } from '../access/session.ts'
import { needsSetup } from '../access/setup.ts'
import { readConfig } from '../config/config.ts'
import type { Ctx } from '../context.ts'
import { type AccountFailure, createAccount } from '../core/create-account.ts'
import { suspendUser, unsuspendUser } from '../core/suspend-user.ts'
import { listUsers, setPasswordHash, type UserRow, userByName } from '../db/queries/users.ts'
import { randomSecret } from '../lib/crypto.ts'
import { isoTimeOfId } from '../lib/id.ts'
import { hashPassword } from '../lib/password.ts'
import { open } from '../server.ts'
import { readArguments, takeFlags, UsageError } from './arguments.ts'
import type { Command } from './command.ts'

const USAGE = [
  'mamekey user add NAME [--password-stdin]   make an account; the first one administers the server',
  'mamekey user list                          everyone, oldest first',
  'mamekey user suspend NAME                  and unsuspend NAME',
  'mamekey user reset-password NAME [--password-stdin]',
].join('\n')

const refusals: Record<AccountFailure, string> = {
  invalidUsername: 'A name has 1 to 20 letters, digits or underscores.',
  reservedUsername: 'This name is reserved.',
  duplicatedUsername: 'Somebody has this name.',
  usedUsername: 'Somebody had this name; it is not given again.',
  invalidPassword: 'A password has 1 to 1024 characters.',
  invalidInvitation: 'The invitation is not valid.',
  notTheFirst: 'The first account has just been made: try again.',
}

/** `mamekey user …`: people, without a browser. Works beside a running server, which follows within five seconds. */
export const user: Command = async (args, environment) => {
  const parsed = readArguments(args)
  const { own, settings } = takeFlags(parsed, ['password-stdin'])
  const [action, name] = parsed.words
  const config = readConfig({ log: 'warn', ...settings }, environment)
  const { ctx, close } = await open(config)
  try {
    if (action === 'list') return await list(ctx)
    if (!name) throw new UsageError(USAGE)
    if (action === 'add') return await add(ctx, name, await passwordOf(own))
    const person = await userByName(ctx.db, name)
    if (!person) throw new UsageError(`There is nobody called ${name}. ./mamekey user list shows everyone.`)
    if (action === 'suspend' || action === 'unsuspend') return await suspend(ctx, person, action === 'suspend')
    if (action === 'reset-password') return await resetPassword(ctx, person, await passwordOf(own))
    throw new UsageError(USAGE)
  } finally {
    await close()
  }
}

interface Password {
  password: string
  /** Whether we made it up, and so must say it. */
  isNew: boolean
}

async function passwordOf(own: { 'password-stdin'?: string }): Promise<Password> {
  if (own['password-stdin'] === undefined) return { password: randomSecret(16), isNew: true }
  return { password: (await text(process.stdin)).replace(/\r?\n$/, ''), isNew: false }
}

const sayPassword = ({ password, isNew }: Password): string => (isNew ? ` The password is ${password}` : '')

async function add(ctx: Ctx, username: string, password: Password): Promise<number> {
  const isFirst = needsSetup(ctx)
  const made = await createAccount(
    ctx,
    { username, password: password.password },
    { by: isFirst ? 'first' : 'administrator' },
  )
  if (typeof made === 'string') throw new UsageError(refusals[made])
  console.log(`Made ${username}${isFirst ? ', who administers the server' : ''}.${sayPassword(password)}`)
  return 0
}

async function list(ctx: Ctx): Promise<number> {
  for (const { id, username, isSuspended, notesCount } of await listUsers(ctx.db)) {
    const role = ctx.settings.current().rootUserId === id ? 'administrator' : isSuspended ? 'suspended' : ''
    console.log(
      [id, username.padEnd(20), isoTimeOfId(id).slice(0, 10), `${notesCount} notes`, role].join('  ').trimEnd(),
    )
  }
  return 0
}

async function suspend(ctx: Ctx, person: UserRow, isSuspended: boolean): Promise<number> {
  const failure = isSuspended ? await suspendUser(ctx, person.id) : await unsuspendUser(ctx, person.id)
  if (failure === 'isModerator') throw new UsageError('Whoever moderates the server cannot be suspended.')
  console.log(`${person.username} is ${isSuspended ? 'suspended' : 'no longer suspended'}.`)
  return 0
}

async function resetPassword(ctx: Ctx, person: UserRow, password: Password): Promise<number> {
  const hash = await hashPassword(password.password)
  await ctx.transact((tx) => setPasswordHash(tx, person.id, hash))
  await endSessionsOf(ctx, person.id)
  console.log(`${person.username} has a new password and is signed out everywhere.${sayPassword(password)}`)
  return 0
}
