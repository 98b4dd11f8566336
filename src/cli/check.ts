import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { styleText } from 'node:util'
import { checkout } from '../lib/shipped.ts'
import { test } from './test.ts'

/**
 * `mamekey check [--fix]`: types, lint and format, house rules. Prints what each has to say when it fails, then one
 * line for each. `--fix` lets the linter write what it can mend. Returns the exit code.
 */
export async function check(args: string[]): Promise<number> {
  const unknown = args.filter((arg) => arg !== '--fix')
  if (unknown.length > 0) {
    console.error(`mamekey check does not know ${unknown.join(', ')}. Usage: mamekey check [--fix]`)
    return 1
  }
  if (!existsSync(resolve(checkout, 'test/rules'))) {
    console.error('The checks are not part of the package. Run them in a checkout of the repository.')
    return 1
  }
  const [types, lint] = await Promise.all([
    runTool('tsc', ['-p', '.']),
    runTool('biome', ['check', '.', ...(args.includes('--fix') ? ['--write'] : [])]),
  ])
  for (const { code, output } of [types, lint]) if (code !== 0) process.stdout.write(output)
  const rules = await test(['test/rules/'])
  const results = { types: types.code, lint: lint.code, 'house rules': rules }
  for (const [name, code] of Object.entries(results))
    console.log(code === 0 ? styleText('green', `✔ ${name}`) : styleText('red', `✘ ${name}`))
  return Object.values(results).every((code) => code === 0) ? 0 : 1
}

/** Runs a development dependency in the root and holds back what it prints, both streams in order. */
function runTool(name: string, args: string[]): Promise<{ code: number; output: string }> {
  const color = process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? { FORCE_COLOR: '1' } : {}
  const child = spawn(process.execPath, [resolve(checkout, 'node_modules/.bin', name), ...args], {
    cwd: checkout,
    env: { ...process.env, ...color },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => done({ code: code ?? 1, output }))
  })
}
