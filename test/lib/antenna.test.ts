import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AntennaNote, type AntennaWish, antennaRule, antennaTest, isWordless } from '../../src/lib/antenna.ts'

const wish: AntennaWish = {
  ...{ src: 'all', users: [], keywords: [['bean']], excludeKeywords: [] },
  ...{ caseSensitive: false, excludeBots: false, withReplies: true, withFile: false },
}
const note: AntennaNote = {
  ...{ authorId: 'a', authorNames: ['alice', 'alice@mame.example'], isByBot: false },
  ...{ text: 'Green Beans', cw: null, isReply: false, hasFiles: false, visibility: 'public', recipients: [] },
}

const cases: [what: string, wish: Partial<AntennaWish>, note: Partial<AntennaNote>, isCaught: boolean][] = [
  ['a part of a word', {}, {}, true],
  ['a word that is not there', { keywords: [['pea']] }, {}, false],
  ['all words of a group', { keywords: [['bean', 'green']] }, {}, true],
  ['not all words of a group', { keywords: [['bean', 'pea']] }, {}, false],
  ['one group of two', { keywords: [['pea'], ['green']] }, {}, true],
  ['empty words say nothing', { keywords: [['', 'green'], ['']] }, {}, true],
  ['empty words do not catch all', { keywords: [['', 'pea'], ['']] }, {}, false],
  ['no words and others left out', { keywords: [['']], excludeKeywords: [['pea']] }, {}, true],
  ['no words, and a renote without any', { keywords: [], excludeKeywords: [['pea']] }, { text: null }, true],
  ['a renote without words', {}, { text: null }, false],
  ['the content warning', {}, { text: null, cw: 'beans' }, true],
  ['words in text and content warning', { keywords: [['bean', 'soup']] }, { cw: 'soup' }, true],
  ['a word across text and content warning', { keywords: [['beanssoup']] }, { cw: 'soup' }, false],
  ['case counts', { caseSensitive: true }, {}, false],
  ['case counts and fits', { caseSensitive: true, keywords: [['Bean']] }, {}, true],
  ['case of the wish does not count', { keywords: [['GREEN']] }, {}, true],
  ['Japanese', { keywords: [['豆']] }, { text: '枝豆' }, true],
  ['a word left out', { excludeKeywords: [['green']] }, {}, false],
  ['not all of the words left out', { excludeKeywords: [['green', 'pea']] }, {}, true],
  ['a word left out by case', { excludeKeywords: [['green']], caseSensitive: true, keywords: [['Bean']] }, {}, true],
  ['a word left out in the content warning', { excludeKeywords: [['soup']] }, { cw: 'Soup' }, false],
  ['a reply', {}, { isReply: true }, true],
  ['a reply when none are wanted', { withReplies: false }, { isReply: true }, false],
  ['a bot', {}, { isByBot: true }, true],
  ['a bot when none are wanted', { excludeBots: true }, { isByBot: true }, false],
  ['no file', { withFile: true }, {}, false],
  ['a file', { withFile: true }, { hasFiles: true }, true],
  ['home is everyone', { src: 'home' }, {}, true],
  ['a named person', { src: 'users', users: ['bob', 'alice'] }, {}, true],
  ['a person named as people do', { src: 'users', users: [' @Alice '] }, {}, true],
  ['a person named with the server', { src: 'users', users: ['@alice@MAME.example'] }, {}, true],
  ['a person of that name elsewhere', { src: 'users', users: ['alice@other.example'] }, {}, false],
  ['nobody named', { src: 'users', users: [] }, {}, false],
  ['a person left out', { src: 'users_blacklist', users: ['alice'] }, {}, false],
  ['another person left out', { src: 'users_blacklist', users: ['bob', ''] }, {}, true],
  ['names mean nothing with other sources', { src: 'all', users: ['bob'] }, {}, true],
  ['a direct note to others', {}, { visibility: 'specified', recipients: ['b'] }, false],
  ['a direct note to the owner', {}, { visibility: 'specified', recipients: ['b', 'owner'] }, true],
  ['a direct note of the owner', {}, { visibility: 'specified', authorId: 'owner' }, true],
  ['a note for followers, who are asked later', {}, { visibility: 'followers' }, true],
]

for (const [what, wished, noted, isCaught] of cases) {
  test(`an antenna and ${what}`, () => {
    const catches = antennaTest({ ...note, ...noted })
    assert.equal(catches(antennaRule('owner', { ...wish, ...wished })), isCaught)
  })
}

test('groups of empty words hold no word', () => {
  assert.deepEqual([[], [[]], [['']], [['', ''], []], [['', 'x']]].map(isWordless), [true, true, true, true, false])
})
