import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { checkout } from '../lib/shipped.ts'
import type { Command } from './command.ts'

/** `mamekey bench …`: measures. Its code is no part of the server and runs beside it. */
export const bench: Command = async (args) => {
  const program = join(checkout, 'bench', 'run.ts')
  const [code] = await once(spawn(process.execPath, [program, ...args], { stdio: 'inherit' }), 'exit')
  return code ?? 1
}
