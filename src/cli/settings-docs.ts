import { type Option, options, variableOf } from '../config/options.ts'

const settings: readonly Option<unknown>[] = Object.values(options)

/** `docs/operate/settings.md`: every setting, as a page. */
export function settingsPage(): string {
  const rows = settings.map(({ flag, values, fallback, help }) =>
    [
      `\`--${flag}\`<br>\`${variableOf(flag)}\``,
      asText(values),
      fallback === null ? 'nothing' : `\`${fallback}\``,
      asText(help),
    ].join(' | '),
  )
  const secrets = settings.filter(({ secret }) => secret).map(({ flag }) => `\`${variableOf(flag)}\``)
  return `# Settings

<!-- Made from src/config/options.ts. MAMEKEY_TEST_UPDATE=1 ./mamekey test test/rules/docs makes it again. -->

Each setting is a flag of the command line or an environment variable: \`--data\` is \`MAMEKEY_DATA\`. A flag wins over
the variable, the variable over what applies by default. A variable left empty counts as not given, and one that begins
with \`MAMEKEY_\` and is no setting stops the start with the name that was probably meant. Exceptions are variables of
the test suite, the launcher and the benchmarks: \`MAMEKEY_TEST_…\`, \`MAMEKEY_RUNTIME_…\`, \`MAMEKEY_BENCH_…\`.

Put ${listOf(secrets)} into the environment:
a command line can be read by everyone on the machine. [example.env](../../example.env) is a file to begin with.

| flag and variable | may be | by default | meaning |
|---|---|---|---|
${rows.map((row) => `| ${row} |`).join('\n')}

\`./mamekey dev\` has its own defaults, which flags and variables change: rate limits off, \`reset-db\`
allowed, private addresses allowed, registration open. Its data folder is a temporary one and cannot be chosen.
`
}

/** `example.env`: every setting as a line to take the `#` away from. */
export function exampleEnv(): string {
  const entries = settings.map(
    ({ flag, values, fallback, help }) => `# ${help}.\n# ${values}\n#${variableOf(flag)}=${fallback ?? ''}\n`,
  )
  return `# Settings of Mamekey. Each line without its # applies; what it shows is what applies without it.
# Your shell reads this file with: set -a; . ./example.env; set +a
# systemd reads it with: EnvironmentFile=

${entries.join('\n')}`
}

/** Text in a cell of a Markdown table. */
const asText = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')

const listOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
