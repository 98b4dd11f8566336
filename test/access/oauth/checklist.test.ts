import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

test('every test that docs/contribute/oauth.md names is there', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/contribute/oauth.md'), 'utf8')
  const rows = text.split('\n').filter((line) => /^\| [^|]+ \| `/.test(line))
  assert.ok(rows.length > 50)
  for (const row of rows) {
    let source = ''
    for (const [, file, title] of row.split('|')[2]!.matchAll(/`([\w./-]+)`|“([^”]+)”/g)) {
      if (file) source = readFileSync(join(import.meta.dirname, `${file}.test.ts`), 'utf8')
      else assert.ok(source.includes(title!), `${title} of ${row}`)
    }
  }
})
