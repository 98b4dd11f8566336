import { readNote } from './note-text/blocks.ts'
import type { Found, Mention } from './note-text/found.ts'

export type { Found, Mention }

/** Hashtags longer than this (in characters, not code units) are left out of a note. */
export const MAX_HASHTAG_LENGTH = 128
/** A note is filed under this many hashtags, the first ones. */
export const MAX_HASHTAGS = 32
/** Emoji codes longer than this are left out of a note. */
export const MAX_EMOJI_LENGTH = 100

/**
 * The mentions, hashtags and custom emoji codes of one text in Misskey's markup, each once per spelling, in order of
 * appearance. Takes time in proportion to the length of the text, whatever it holds.
 */
export function scanText(text: string): Found {
  return onlyOnce(readNote(text))
}

/**
 * What a note mentions in all its texts (text, content warning, poll choices; null for those it lacks), cut to the
 * limits above. Hashtags stay as spelt: `#Foo` and `#foo` are two until `normaliseTag`.
 */
export function extract(texts: readonly (string | null)[]): Found {
  const notes = texts.filter((text) => text !== null).map(readNote)
  const { mentions, hashtags, emojis } = onlyOnce({
    mentions: notes.flatMap((note) => note.mentions),
    hashtags: notes.flatMap((note) => note.hashtags),
    emojis: notes.flatMap((note) => note.emojis),
  })
  return {
    mentions,
    hashtags: hashtags.filter((tag) => Array.from(tag).length <= MAX_HASHTAG_LENGTH).slice(0, MAX_HASHTAGS),
    emojis: emojis.filter((name) => name.length <= MAX_EMOJI_LENGTH),
  }
}

/** The form a hashtag is stored and looked up in. */
export function normaliseTag(tag: string): string {
  return tag.normalize('NFKC').toLowerCase()
}

/** The form user names are compared in. */
export function foldName(username: string): string {
  return username.toLowerCase()
}

function onlyOnce({ mentions, hashtags, emojis }: Found): Found {
  const byAddress = new Map<string, Mention>()
  for (const mention of mentions) {
    const address = `${mention.username}@${mention.host ?? ''}`
    if (!byAddress.has(address)) byAddress.set(address, mention)
  }
  return { mentions: [...byAddress.values()], hashtags: [...new Set(hashtags)], emojis: [...new Set(emojis)] }
}
