import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../config/config.ts'
import { readArguments, UsageError } from './arguments.ts'
import type { Command } from './command.ts'
import { people, SEED_PASSWORD, seed } from './seed.ts'
import { serve } from './serve.ts'

/** What is different from `start`: everything for trying, nothing for keeping. Settings that are given win. */
const DEV = {
  MAMEKEY_RATE_LIMITS: 'off',
  MAMEKEY_ALLOW_RESET: 'on',
  MAMEKEY_ALLOW_PRIVATE_NETWORK: 'on',
  MAMEKEY_REGISTRATION: 'open',
}

/** `mamekey dev`: a temporary server with people and tokens to try with; what was written is gone when it stops. */
export const dev: Command = async (args, environment) => {
  const { words, flags } = readArguments(args)
  if (words.length > 0) throw new UsageError(`dev takes settings only, not “${words[0]}”: see ./mamekey help`)
  if (flags['data'] !== undefined) throw new UsageError('dev keeps nothing: use start for a data folder that stays')
  const data = mkdtempSync(join(tmpdir(), 'mamekey-dev-'))
  try {
    const { MAMEKEY_DATA: _, ...rest } = environment
    const config = readConfig({ ...flags, data }, { ...DEV, ...rest })
    return await serve(config, { seed }, async () => {
      console.log(`\nEveryone’s password is “${SEED_PASSWORD}”. Tokens:`)
      console.log('  person  their own         an app’s, with every permission of a person')
      for (const { username, token, appToken } of people) {
        console.log(`  ${username.padEnd(6)}  ${token}  ${appToken}`)
      }
      console.log('\nPOST /api/reset-db takes the server back to this.')
    })
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}
