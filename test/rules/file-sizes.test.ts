import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root, sourceFiles } from './source-files.ts'

test('files in src stay small enough to be read in one go', (t) => {
  const sizes = sourceFiles('src').map((file) => ({ file, lines: countLines(file) }))
  const lines = sizes.map((size) => size.lines).sort((a, b) => a - b)
  const [median, p90, max] = [percentile(lines, 50), percentile(lines, 90), percentile(lines, 100)]
  t.diagnostic(`${lines.length} files in src; lines: median ${median}, p90 ${p90}, max ${max}`)

  const giants = sizes.filter((size) => size.lines > 400).map(({ file, lines }) => `${file}: ${lines}`)
  assert.deepEqual(giants, [], 'split a file by what changes together before it passes 400 lines')
  // A handful of files has no meaningful middle.
  if (lines.length < 30) return
  assert.ok(median <= 60, `the median file has ${median} lines, more than 60`)
  assert.ok(p90 <= 200, `one file in ten has more than ${p90} lines; the limit is 200`)
})

function countLines(file: string): number {
  return readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length
}

/** Of a sorted list: the smallest value that at least `percent` of the values do not pass. */
function percentile(sorted: number[], percent: number): number {
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? 0
}
