import { ExplainedError } from '../lib/explained-error.ts'
import { type Option, type OptionName, type OptionValues, options, variableOf } from './options.ts'

/** Everything decided before the server starts. `url` is null until the port is known. */
export type Config = OptionValues

/** A setting that cannot be used: the message names it and says what would be right. */
export class ConfigError extends ExplainedError {}

/** Variables that steer the test command and the launcher, not the server. */
const foreign = /^MAMEKEY_(TEST|RUNTIME|BENCH)_/

/**
 * Reads the settings: flags win over environment variables, those over the defaults.
 * @param flags what was given on the command line, by flag name
 * @throws ConfigError for an unknown or wrong setting
 */
export function readConfig(flags: Record<string, string>, environment: Record<string, string | undefined>): Config {
  const names = Object.keys(options) as OptionName[]
  const variables = new Map(names.map((name) => [variableOf(options[name].flag), name]))
  for (const variable of Object.keys(environment)) {
    if (!variable.startsWith('MAMEKEY_') || foreign.test(variable) || variables.has(variable)) continue
    throw new ConfigError(`${variable} is not a setting${suggestion(variable, [...variables.keys()])}`)
  }
  const flagNames = names.map((name) => options[name].flag)
  for (const flag of Object.keys(flags)) {
    if (!flagNames.includes(flag))
      throw new ConfigError(`--${flag} is not a setting${suggestion(flag, flagNames, '--')}`)
  }
  const values: Record<string, unknown> = {}
  for (const name of names) {
    const option: Option<unknown> = options[name]
    const fromFlag = flags[option.flag]
    const given = fromFlag ?? (environment[variableOf(option.flag)] || undefined)
    const label = fromFlag === undefined ? variableOf(option.flag) : `--${option.flag}`
    values[name] = parse(option, given ?? option.fallback, label)
  }
  const config = values as Config
  if ((config.tlsCert === null) !== (config.tlsKey === null)) {
    throw new ConfigError('--tls-cert and --tls-key belong together: give both or neither')
  }
  return config
}

function parse(option: Option<unknown>, text: string | null, label: string): unknown {
  if (text === null) return null
  try {
    return option.parse(text)
  } catch (error) {
    throw new ConfigError(`${label} ${(error as Error).message}`)
  }
}

function suggestion(given: string, known: string[], prefix = ''): string {
  const [nearest] = known
    .map((name) => ({ name, distance: distance(given, name) }))
    .sort((a, b) => a.distance - b.distance)
  return nearest && nearest.distance <= Math.max(2, given.length / 3) ? `; did you mean ${prefix}${nearest.name}?` : ''
}

/** Levenshtein distance of two short names. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
}
