import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { render } from '../../src/lib/html.ts'
import { drawings, icon } from '../../src/pages/icons.ts'

const file = createRequire(import.meta.url).resolve('@iconify-json/tabler/icons.json')
const tabler = JSON.parse(readFileSync(file, 'utf8')) as { icons: Record<string, { body: string }> }

test('every committed icon is the drawing of the Tabler package', () => {
  for (const [name, drawing] of Object.entries(drawings)) {
    assert.equal(drawing, tabler.icons[name]?.body, `The drawing of ${name} in src/pages/icons.ts differs`)
  }
})

test('an icon is named, or silent beside words', () => {
  assert.match(render(icon('key')), /aria-hidden="true"/)
  assert.match(render(icon('key', 'Access "token"')), /role="img" aria-label="Access &quot;token&quot;"/)
})
