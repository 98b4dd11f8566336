import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Mutant, mutantsOf } from './mutate-find.ts'
import { copyOf, firstFailure, testsOf, tryMutant } from './mutate-run.ts'

const root = join(import.meta.dirname, '..')

/** A refusal that nothing but work depends on. */
interface Equivalent {
  path: string
  condition: string
  reason: string
}

const usage = 'Usage: mamekey bench mutate [--only part-of-a-path] [--workers 2]'

/**
 * `mamekey bench mutate`: takes each refusal out of src/access, one at a time and in a copy of the tree, and tells which
 * test notices.
 * @returns the exit code: 1 when none does and the table of equivalents does not say why
 */
export async function mutate(args: string[]): Promise<number> {
  const chosen = choose(args)
  if (typeof chosen === 'string') {
    console.error(chosen)
    return 2
  }
  const { sources, mutants, workers } = chosen
  const equivalents = readEquivalents()
  const copies = Array.from({ length: workers }, () => copyOf(root))
  try {
    const tests = testsOf(root)
    const broken = await firstOf(
      copies.map(({ tree }, at) =>
        firstFailure(
          tree,
          tests.filter((_, n) => n % workers === at),
        ),
      ),
    )
    if (broken !== null) {
      console.error(`The tests fail before anything is changed: ${broken}`)
      return 1
    }
    const queue = mutants.values()
    const counts = { killed: 0, equivalent: 0, survived: 0 }
    const work = async (tree: string) => {
      for (const mutant of queue) {
        const reason = equivalents.find((one) => one.path === mutant.path && one.condition === mutant.condition)?.reason
        const killer = await tryMutant(tree, mutant, sources.get(mutant.path)!, tests)
        const verdict = killer !== null ? 'killed' : reason === undefined ? 'survived' : 'equivalent'
        counts[verdict] += 1
        const say = { killed: `killed by ${killer}`, equivalent: `equivalent: ${reason}`, survived: 'SURVIVED' }[
          verdict
        ]
        console.log(`${mutant.path}:${mutant.line}  ${mutant.condition}\n    ${say}`)
        if (killer !== null && reason !== undefined) console.log('    (listed as equivalent, which it is not)')
      }
    }
    await Promise.all(copies.map(({ tree }) => work(tree)))
    const { killed, equivalent, survived } = counts
    console.log(`${mutants.length} refusals: ${killed} killed, ${equivalent} equivalent, ${survived} survived`)
    return survived > 0 ? 1 : 0
  } finally {
    for (const copy of copies) copy.remove()
  }
}

function choose(args: string[]): { sources: Map<string, string>; mutants: Mutant[]; workers: number } | string {
  const options = { only: { type: 'string', default: '' }, workers: { type: 'string', default: '2' } } as const
  try {
    const { only, workers } = parseArgs({ args, options }).values
    const paths = globSync('src/access/**/*.ts', { cwd: root }).sort()
    const sources = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
    const all = paths.flatMap((path) => mutantsOf(path, sources.get(path)!))
    const stale = readEquivalents().filter(
      ({ path, condition }) => !all.some((one) => one.path === path && one.condition === condition),
    )
    if (stale.length > 0) return `No refusal any more: ${stale.map((one) => `${one.path} ${one.condition}`).join('; ')}`
    const mutants = all.filter(({ path }) => path.includes(only))
    if (mutants.length === 0 || !(Number(workers) >= 1)) return usage
    return { sources, mutants, workers: Math.trunc(Number(workers)) }
  } catch (error) {
    if (error instanceof TypeError) return `${error.message}\n${usage}`
    throw error
  }
}

const readEquivalents = (): Equivalent[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'mutate-equivalent.json'), 'utf8')) as Equivalent[]

const firstOf = async (runs: Promise<string | null>[]): Promise<string | null> =>
  (await Promise.all(runs)).find((failure) => failure !== null) ?? null
