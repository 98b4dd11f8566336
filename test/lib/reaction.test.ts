import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readReaction, shownReaction, storedReaction } from '../../src/lib/reaction.ts'

test('what clients write becomes one form of the emoji it means', () => {
  for (const [written, stored] of [
    // Words of older clients.
    ['like', '👍'],
    ['love', '\u2764'],
    ['laugh', '😆'],
    ['hmm', '🤔'],
    ['surprise', '😮'],
    ['congrats', '🎉'],
    ['angry', '💢'],
    ['confused', '😥'],
    ['rip', '😇'],
    ['pudding', '🍮'],
    ['star', '⭐'],
    // One emoji, with and without the selector.
    ['🎉', '🎉'],
    ['\u2764', '\u2764'],
    ['\u2764\uFE0F', '\u2764'],
    ['\u00A9\uFE0F', '\u00A9'],
    ['1\uFE0F\u20E3', '1\u20E3'],
    ['1\u20E3', '1\u20E3'],
    ['🇯🇵', '🇯🇵'],
    ['👍🏽', '👍🏽'],
    [
      '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
      '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    ],
    // Joined ones keep it.
    ['🏳\uFE0F\u200D🌈', '🏳\uFE0F\u200D🌈'],
    ['🏳\u200D🌈', '🏳\uFE0F\u200D🌈'],
    ['👩\u200D\u2764\uFE0F\u200D👨', '👩\u200D\u2764\uFE0F\u200D👨'],
    ['🧑🏻\u200D\u2764\u200D🧑🏿', '🧑🏻\u200D\u2764\uFE0F\u200D🧑🏿'],
    ['👨\u200D👩\u200D👧', '👨\u200D👩\u200D👧'],
    // The first of several, and among other things.
    ['🍮🎉', '🍮'],
    ['well 🍮 done', '🍮'],
    ['1 🍮', '🍮'],
    [':no: 🍮', '🍮'],
    ['👍\u200D👎', '👍'],
    // Nothing that could be meant.
    ['', '\u2764'],
    ['nonsense', '\u2764'],
    ['Like', '\u2764'],
    ['constructor', '\u2764'],
    ['7', '\u2764'],
    ['#', '\u2764'],
    ['🇯', '\u2764'],
    ['☀\uFE0E', '\u2764'],
    [':bean@remote.example:', '\u2764'],
    [':be an:', '\u2764'],
    ['::', '\u2764'],
    ['x:bean:', '\u2764'],
  ] as const) {
    assert.deepEqual(readReaction(written), { unicode: stored }, JSON.stringify(written))
    assert.equal(storedReaction(written), stored)
    assert.equal(shownReaction(stored), stored)
  }
})

test('custom emojis are written in two ways, stored in one and shown in the other', () => {
  for (const name of ['bean', 'a+1', 'x-y', '_', '100']) {
    for (const written of [`:${name}:`, `:${name}@.:`]) {
      assert.deepEqual(readReaction(written), { custom: name })
      assert.equal(storedReaction(written), `:${name}:`)
    }
    assert.equal(shownReaction(`:${name}:`), `:${name}@.:`)
  }
  assert.equal(shownReaction(':bean@remote.example:'), ':bean@remote.example:')
})

test('a long text takes no longer than a short one', () => {
  for (const piece of ['1', '👨\u200D', ':', '\uFE0F', ':a', 'a\u200D', '\u{E0067}']) {
    const start = performance.now()
    readReaction(piece.repeat(2_000_000))
    assert.ok(performance.now() - start < 100, JSON.stringify(piece))
  }
})
