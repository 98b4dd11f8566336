import { globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** Paths of all TypeScript files under `folder`, relative to the root, sorted. */
export function sourceFiles(folder: string, pattern = '**/*.ts'): string[] {
  const found = globSync(`${folder}/${pattern}`, { cwd: root, exclude: ['**/node_modules', '**/dist'] })
  return found.sort()
}

export interface Import {
  from: string
  /** A package as written, a relative import as the path from the root, `undefined` for a computed name. */
  to: string | undefined
  relative: boolean
  line: number
  typeOnly: boolean
}

/** Every import in a file, static and dynamic, of types and of values, and files named by their URL (workers). */
export function importsOf(file: string, text = readFileSync(join(root, file), 'utf8')): Import[] {
  const code = blankComments(text)
  return [...code.matchAll(importForms)].map((match) => {
    const { fixed, side, dynamic, url, shipped, keyword = '' } = match.groups ?? {}
    if (shipped) return { from: file, to: `src/${shipped}`, relative: true, line: lineOf(code, match), typeOnly: false }
    const specifier = fixed ?? side ?? dynamic ?? url
    const relative = specifier?.startsWith('.') ?? false
    const to = specifier && relative ? join(dirname(file), specifier) : specifier
    return { from: file, to, relative, line: lineOf(code, match), typeOnly: /^(import|export)\s+type\b/.test(keyword) }
  })
}

const lineOf = (code: string, { index }: RegExpExecArray): number => code.slice(0, index).split('\n').length

const importForms = new RegExp(
  [
    String.raw`(?<keyword>\b(?:import|export)\b[\s\w$*,{}]*?)\bfrom\s*['"](?<fixed>[^'"\n]+)['"]`,
    String.raw`\bimport\s*['"](?<side>[^'"\n]+)['"]`,
    String.raw`\bimport(?:\.meta\.resolve)?\s*\(\s*(?:['"](?<dynamic>[^'"\n]+)['"])?`,
    String.raw`\bshippedWorker\(\s*['"](?<shipped>[^'"\n]+)['"]`,
    String.raw`\bnew\s+URL\(\s*['"](?<url>\.[^'"\n]+\.[cm]?[jt]s)['"]\s*,\s*import\.meta\.url`,
  ].join('|'),
  'g',
)

/** Comments become spaces, so that an import in an example does not count; strings are kept, line numbers too. */
function blankComments(text: string): string {
  const pieces = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g
  return text.replaceAll(pieces, (piece) => (piece.startsWith('/') ? piece.replaceAll(/[^\n]/g, ' ') : piece))
}
