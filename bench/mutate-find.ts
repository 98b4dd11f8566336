import { stripTypeScriptTypes } from 'node:module'

/** One refusal taken out of a file. */
export interface Mutant {
  /** Relative to the root. */
  path: string
  line: number
  /** What is asked before it refuses, on one line. */
  condition: string
  /** The file without it. */
  text: string
}

/** What a branch gives back when it lets something through. */
const acceptance = /^(?:true$|\{(?! grant: null)(?!.*'(?:refused|direct|redirect)'))/

/** A failure at the end of a choice: whoever gets there got nothing. */
const failure = /^(?:null|false|'[^']*'|problem\(.*\))$/

/**
 * Each `if` of a source that refuses, and each choice that ends in a failure, taken out one at a time. Reads the layout
 * the formatter gives, not the language; what it makes is checked to be a program still.
 * @throws when a mutant cannot be read: it would count as noticed without any test
 */
export function mutantsOf(path: string, source: string): Mutant[] {
  const lines = source.split('\n')
  const found = [...guards(source, lines), ...choices(source, lines)].sort((a, b) => a.from - b.from)
  return found.map(({ from, to, never }) => {
    const text = source.slice(0, from) + never + source.slice(to)
    stripTypeScriptTypes(text)
    const condition = source.slice(from, to).replaceAll(/\s+/g, ' ').trim()
    return { path, line: source.slice(0, from).split('\n').length, condition, text }
  })
}

interface Place {
  from: number
  to: number
  /** What the condition becomes. */
  never: 'true' | 'false'
}

function* guards(source: string, lines: string[]): Generator<Place> {
  for (const match of source.matchAll(/^( *)(?:\} else )?if \(/gm)) {
    const from = match.index + match[0].length
    const to = closing(source, from)
    const condition = source.slice(from, to)
    const after = source.slice(to + 1)
    const last = after.startsWith(' {') ? lastOfBlock(lines, source.slice(0, to).split('\n').length, match[1]!) : after
    const [, verb, value = ''] = /^\s*(return|throw)\b ?(.*)/.exec(last) ?? []
    const otherwise = /^.*\n *return (.+)/.exec(after)?.[1] ?? ''
    const lets = acceptance.test(value) || (value === 'null' && otherwise.startsWith('problem('))
    if (verb && lets && failure.test(otherwise)) yield { from, to, never: 'true' }
    else if (verb && refuses(verb, value, condition)) yield { from, to, never: 'false' }
  }
}

/** The last statement directly in a block that opens on the line before `start` and is closed at `indent`. */
function lastOfBlock(lines: string[], start: number, indent: string): string {
  const end = lines.findIndex((line, at) => at >= start && line.startsWith(`${indent}}`))
  const own = lines
    .slice(start, end)
    .filter((line) => /^\s*[a-zA-Z]/.test(line.slice(indent.length + 2, indent.length + 3)))
  return own.at(-1) ?? ''
}

function refuses(verb: string, value: string, condition: string): boolean {
  if (verb === 'throw') return true
  // A failure that is passed on was asked about in the condition; any other name is an answer.
  if (/^\w+$/.test(value) && !/^(?:null|false|true)$/.test(value)) return /\btypeof\b|' in /.test(condition)
  return !acceptance.test(value)
}

/** `condition ? answer : failure`, on one line or three. */
function* choices(source: string, lines: string[]): Generator<Place> {
  let offset = 0
  for (const [at, line] of lines.entries()) {
    const one = /^(.*\breturn |.*=> |\s+\w+: |\s*const \w+ = )?(\S.*?) \? .+? : (.+?),?$/.exec(line)
    if (one?.[1] && failure.test(one[3]!) && (one[3] === 'null' || /return |=> /.test(one[1]))) {
      const from = offset + one[1].length
      yield { from, to: from + one[2]!.length, never: 'true' }
    }
    const three = /^(\s*(?:return )?)(\S.*)$/.exec(line)
    const fails = /^\s+: (.*?),?$/.exec(lines[at + 2] ?? '')?.[1]
    if (three && /^\s+\? /.test(lines[at + 1] ?? '') && fails !== undefined && failure.test(fails)) {
      yield { from: offset + three[1]!.length, to: offset + line.length, never: 'true' }
    }
    offset += line.length + 1
  }
  if (offset !== source.length + 1) throw new Error('The lines of a file do not add up to it')
}

/** Where the bracket closes that was opened before `from`. */
function closing(source: string, from: number): number {
  let depth = 1
  for (let at = from; at < source.length; at++) {
    const quoted = /['"`]/.test(source[at]!) ? source.indexOf(source[at]!, at + 1) : -1
    if (quoted > 0) at = quoted
    else if (source[at] === '(') depth++
    else if (source[at] === ')' && --depth === 0) return at
  }
  throw new Error(`No bracket closes the one before “${source.slice(from, from + 40)}”`)
}
