import assert from 'node:assert/strict'
import type { Secret } from './secrets.ts'
import type { Form } from './ways.ts'

/** Refuses an answer that tells anything of a secret: text, warning, choices, hashtags. */
export function assertSilent(body: unknown, { says }: Secret, cell: string): void {
  const text = JSON.stringify(body)
  for (const word of [says, says.replaceAll('-', '')]) {
    assert.ok(!text.includes(`${word}"`) && !text.includes(`${word} `), cell)
  }
}

/** How a note came, by its looks; undefined stands for one that did not come. */
export const formOf = (note: { isHidden?: boolean } | undefined): Form =>
  note === undefined ? 'absent' : note.isHidden ? 'hidden' : 'there'

/** Refuses a note that is there and does not say all, or hidden and says anything. */
// biome-ignore lint/suspicious/noExplicitAny: answers of any shape
export function assertForm(note: any, secret: Secret, cell: string): void {
  const isThere = formOf(note) === 'there'
  assert.equal(note.cw, isThere ? secret.says : null, cell)
  assert.equal(note.text?.startsWith(`${secret.says} `), isThere || undefined, cell)
  assert.equal('mentions' in note, isThere, `${cell}: people`)
  assert.equal('tags' in note, isThere, `${cell}: hashtags`)
  assert.equal('visibleUserIds' in note, isThere && secret.visibility === 'specified', `${cell}: recipients`)
  if (!isThere) assertSilent(note, secret, cell)
}
