import { bracketedEnd } from './brackets.ts'
import { alphanumericAnd, anythingBut, isAfterWord, isAlphanumeric, isDigit, runEnd } from './characters.ts'
import type { Found } from './found.ts'

const isNameChar = alphanumericAnd('_.-')
const isEmojiChar = alphanumericAnd('_+-')
const isTagChar = anythingBut(' \u3000\t\r\n.,!?\'"#:/[]【】()「」（）<>')
const TAG_BRACKETS = new Map([
  ['(', ')'],
  ['[', ']'],
  ['「', '」'],
  ['（', '）'],
])

const isDotOrDash = (char: string | undefined) => char === '.' || char === '-'

function trimDotsAndDashes(name: string): string {
  let end = name.length
  while (end > 0 && isDotOrDash(name[end - 1])) end--
  return name.slice(0, end)
}

/**
 * Reads `@name` or `@name@host` at the `@` at `at`. Returns where to go on, or `at` when nothing of the kind is there.
 * A malformed address with a host (`@bob.@host`, `@bob@-host`) is text as a whole: its parts are no mentions either.
 */
export function readMention(text: string, at: number, found: Found | null): number {
  if (isAfterWord(text, at)) return at
  const nameEnd = runEnd(text, at + 1, isNameChar)
  if (nameEnd === at + 1) return at
  const name = text.slice(at + 1, nameEnd)
  const hostEnd = text[nameEnd] === '@' ? runEnd(text, nameEnd + 1, isNameChar) : nameEnd
  if (hostEnd > nameEnd + 1) {
    const host = trimDotsAndDashes(text.slice(nameEnd + 1, hostEnd))
    if (isDotOrDash(name[0]) || isDotOrDash(name.at(-1)) || host === '' || isDotOrDash(host[0])) return hostEnd
    found?.mentions.push({ username: name, host })
    return nameEnd + 1 + host.length
  }
  const username = trimDotsAndDashes(name)
  if (username === '' || isDotOrDash(username[0])) return nameEnd
  found?.mentions.push({ username, host: null })
  return at + 1 + username.length
}

/** Reads `#tag` at the `#` at `at`; brackets belong to it in pairs, at most `brackets` deep. */
export function readHashtag(text: string, at: number, brackets: number, found: Found | null): number {
  if (isAfterWord(text, at)) return at
  const end = bracketedEnd(text, at + 1, isTagChar, TAG_BRACKETS, brackets)
  // `#1` is a number, not a tag.
  if (runEnd(text, at + 1, isDigit) >= end) return at
  found?.hashtags.push(text.slice(at + 1, end))
  return end
}

/** Reads `:name:` at the `:` at `at`; `:1:30` and the like are no emojis. */
export function readEmojiCode(text: string, at: number, found: Found | null): number {
  const end = runEnd(text, at + 1, isEmojiChar)
  if (end === at + 1 || text[end] !== ':' || isAlphanumeric(text.charCodeAt(end + 1))) return at
  found?.emojis.push(text.slice(at + 1, end))
  return end + 1
}
