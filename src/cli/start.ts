import { readConfig } from '../config/config.ts'
import { setupLinkOf } from '../server.ts'
import { readArguments, UsageError } from './arguments.ts'
import type { Command } from './command.ts'
import { serve } from './serve.ts'

/** `mamekey start`: serves, and on a server without an administrator prints the link to make one. */
export const start: Command = async (args, environment) => {
  const { words, flags } = readArguments(args)
  if (words.length > 0) throw new UsageError(`start takes settings only, not “${words[0]}”: see ./mamekey help`)
  return serve(readConfig(flags, environment), {}, async (server) => {
    const link = await setupLinkOf(server)
    if (link) console.log(`Make the administrator’s account with this link, which works once:\n  ${link}`)
  })
}
