import { ExplainedError } from '../lib/explained-error.ts'
import type { Command, Environment } from './command.ts'
import { help } from './help.ts'

/** Every command and how it is loaded: only what is asked for. */
export const commands: Record<string, { about: string; load: () => Promise<Command> }> = {
  start: { about: 'Serve', load: async () => (await import('./start.ts')).start },
  dev: {
    about: 'Serve a temporary server with people and tokens to try with',
    load: async () => (await import('./dev.ts')).dev,
  },
  user: {
    about: 'add, list, suspend or unsuspend people, or reset a password',
    load: async () => (await import('./user.ts')).user,
  },
  token: { about: 'issue, list or revoke access tokens', load: async () => (await import('./token.ts')).token },
  backup: {
    about: 'Put the whole server into one file, while it serves',
    load: async () => (await import('./backup.ts')).backup,
  },
  restore: {
    about: 'Bring a server back from such a file',
    load: async () => (await import('./restore.ts')).restore,
  },
  openapi: { about: 'Print the API document', load: async () => (await import('./openapi.ts')).openapi },
  test: { about: 'Run the tests', load: async () => (await import('./test.ts')).test },
  check: { about: 'Check types, style and house rules', load: async () => (await import('./check.ts')).check },
  bench: { about: 'Measure', load: async () => (await import('./bench.ts')).bench },
}

/** Runs the command line; resolves to the exit code. */
export async function run(args: string[], environment: Environment): Promise<number> {
  const [name = 'help', ...rest] = args
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (name === 'help' || name === '--help' || rest.includes('--help')) {
    console.log(help(commands))
    return 0
  }
  if (!command) {
    console.error(`There is no command “${name}”. ./mamekey help lists what there is.`)
    return 2
  }
  try {
    const execute = await command.load()
    return await execute(rest, environment)
  } catch (error) {
    const explained = explain(error)
    if (!explained) throw error
    console.error(explained)
    return 1
  }
}

/** A sentence for what the person at the keyboard can mend; null for faults of ours. */
function explain(error: unknown): string | null {
  if (error instanceof ExplainedError) return error.message
  const { code, port, path } = error as { code?: string; port?: number; path?: string }
  if (code === 'EADDRINUSE') return `Port ${port} is taken: stop what listens there, or choose another with --port.`
  if (code === 'EACCES' && port) return `Listening on port ${port} is not allowed: choose one from 1024 with --port.`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `${path} cannot be written: choose another folder with --data.`
  if (code === 'ECONNREFUSED') return 'The database does not answer: check --database.'
  return null
}
