import { ExplainedError } from '../lib/explained-error.ts'

/** A command line taken apart: `--name value`, `--name=value` and `--name` (as `on`), and the words between. */
export interface Arguments {
  words: string[]
  flags: Record<string, string>
}

/** A command that was called in a way that makes no sense; the message says what would. */
export class UsageError extends ExplainedError {}

/** Reads arguments. After `--` everything is a word. */
export function readArguments(args: readonly string[]): Arguments {
  const words: string[] = []
  const flags: Record<string, string> = {}
  for (let at = 0; at < args.length; at++) {
    const argument = args[at]!
    if (argument === '--') {
      words.push(...args.slice(at + 1))
      break
    }
    if (!argument.startsWith('--')) {
      words.push(argument)
      continue
    }
    const [name, value] = argument.slice(2).split(/=(.*)/s, 2) as [string, string?]
    const next = args[at + 1]
    if (value !== undefined) flags[name] = value
    else if (next !== undefined && !next.startsWith('--')) flags[name] = args[++at]!
    else flags[name] = 'on'
  }
  return { words, flags }
}

/** Takes flags of a command out of those that are settings. */
export function takeFlags<const N extends string>(
  { flags }: Arguments,
  names: readonly N[],
): { own: Partial<Record<N, string>>; settings: Record<string, string> } {
  const entries = Object.entries(flags)
  const isOwn = (name: string) => (names as readonly string[]).includes(name)
  return {
    own: Object.fromEntries(entries.filter(([name]) => isOwn(name))) as Partial<Record<N, string>>,
    settings: Object.fromEntries(entries.filter(([name]) => !isOwn(name))),
  }
}
