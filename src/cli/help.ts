import { options, variableOf } from '../config/options.ts'

/** The text of `mamekey help`. */
export function help(commands: Record<string, { about: string }>): string {
  const rows = (entries: [string, string][]) => {
    const width = Math.max(...entries.map(([left]) => left.length))
    return entries.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
  }
  const settings = Object.values(options).map(({ flag, help, fallback, values }): [string, string] => [
    `--${flag}`,
    `${help} (${values}${fallback === null ? '' : `; ${fallback}`})`,
  ])
  return [
    'Usage: ./mamekey <command> [--setting value …]',
    '',
    'Commands',
    rows(Object.entries(commands).map(([name, { about }]) => [name, about])),
    '',
    `Settings (also as environment variables: --data is ${variableOf('data')})`,
    rows(settings),
  ].join('\n')
}
