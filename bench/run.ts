/** Every scenario and how it is loaded. */
const scenarios: Record<string, { about: string; load: () => Promise<(args: string[]) => Promise<number>> }> = {
  start: { about: 'how soon it serves, and its memory', load: async () => (await import('./start.ts')).start },
  load: { about: 'requests per second and how long each takes', load: async () => (await import('./load.ts')).load },
}

/**
 * Runs the named scenarios, or all of them; flags are theirs.
 * @returns the exit code: 1 when a promise is broken, 2 for a name that is none
 */
export async function run(args: string[]): Promise<number> {
  // Measures the tests instead, for minutes: only when it is asked for.
  if (args[0] === 'mutate') return (await import('./mutate.ts')).mutate(args.slice(1))
  const flags = args.findIndex((arg) => arg.startsWith('-'))
  const names = flags === -1 ? args : args.slice(0, flags)
  const unknown = names.filter((name) => !Object.hasOwn(scenarios, name))
  if (unknown.length > 0) {
    const list = Object.entries(scenarios).map(([name, { about }]) => `  ${name}  ${about}`)
    list.push('  mutate  whether a test notices when a refusal of src/access is taken out (by itself, takes minutes)')
    console.error(`There is no benchmark “${unknown.join('”, “')}”. There are:\n${list.join('\n')}`)
    return 2
  }
  let code = 0
  for (const name of names.length > 0 ? names : Object.keys(scenarios)) {
    const scenario = await scenarios[name]!.load()
    code = Math.max(code, await scenario(flags === -1 ? [] : args.slice(flags)))
  }
  return code
}

if (import.meta.main) process.exitCode = await run(process.argv.slice(2))
