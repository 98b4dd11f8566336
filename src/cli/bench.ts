import type { Command } from './run.ts'

/** `mamekey bench …`: measures. Its code is not part of the server. */
export const bench: Command = async (args) => (await import('../../bench/run.ts')).run(args)
