import { DAY } from './time.ts'
import type { Visibility } from './visibility.ts'

/** Whose notes an antenna listens to. `home` is kept for clients that know it, and is `all`. */
export const antennaSources = ['home', 'all', 'users', 'list', 'users_blacklist'] as const

export type AntennaSource = (typeof antennaSources)[number]

/** What an antenna is asked to catch, as people write it. */
export interface AntennaWish {
  src: AntennaSource
  /** Names of people, with or without an @ in front, with or without a server. */
  users: readonly string[]
  /** Any of the groups, all words of it; none for every note. */
  keywords: readonly (readonly string[])[]
  excludeKeywords: readonly (readonly string[])[]
  caseSensitive: boolean
  excludeBots: boolean
  withReplies: boolean
  withFile: boolean
}

/** The same, ready to be held against notes. */
export interface AntennaRule {
  ownerId: string
  src: AntennaSource
  users: ReadonlySet<string>
  words: readonly (readonly string[])[]
  excludedWords: readonly (readonly string[])[]
  caseSensitive: boolean
  excludeBots: boolean
  withReplies: boolean
  withFile: boolean
}

/** What can be told of a new note without asking who is what to whom. */
export interface AntennaNote {
  authorId: string
  /** The author's names, in lower case: with the server and without. */
  authorNames: readonly string[]
  isByBot: boolean
  text: string | null
  cw: string | null
  isReply: boolean
  hasFiles: boolean
  visibility: Visibility
  /** Ids of the people a direct note is for. */
  recipients: readonly string[]
}

/** How long an antenna collects without being read, in milliseconds. */
export const UNREAD = 7 * DAY

/** Whether an antenna collects at a moment (milliseconds since 1970). */
export const isCollecting = ({ lastUsedAt }: { lastUsedAt: number }, now: number): boolean => lastUsedAt > now - UNREAD

/** Whether there is no word in any of the groups. */
export const isWordless = (groups: readonly (readonly string[])[]): boolean =>
  groups.every((group) => group.every((word) => word === ''))

/** Makes a rule out of a wish: empty words are left out, and case where it does not count. */
export function antennaRule(ownerId: string, wish: AntennaWish): AntennaRule {
  const wordsOf = (groups: readonly (readonly string[])[]) =>
    groups
      .map((group) =>
        group.filter((word) => word !== '').map((word) => (wish.caseSensitive ? word : word.toLowerCase())),
      )
      .filter((group) => group.length > 0)
  return {
    ownerId,
    src: wish.src,
    users: new Set(wish.users.map((name) => name.trim().replace(/^@/, '').toLowerCase())),
    words: wordsOf(wish.keywords),
    excludedWords: wordsOf(wish.excludeKeywords),
    caseSensitive: wish.caseSensitive,
    excludeBots: wish.excludeBots,
    withReplies: wish.withReplies,
    withFile: wish.withFile,
  }
}

/**
 * Makes the test that says which antennas would catch a note, as far as note and author tell. Who follows whom, who is
 * on which list and what the channel is like is left to be asked of those few that would.
 */
export function antennaTest(note: AntennaNote): (rule: AntennaRule) => boolean {
  const text = `${note.text ?? ''}\n${note.cw ?? ''}`
  const folded = text.toLowerCase()
  const hasAny = (groups: readonly (readonly string[])[], where: string) =>
    groups.some((group) => group.every((word) => where.includes(word)))
  return (rule) => {
    if (note.isReply && !rule.withReplies) return false
    if (note.isByBot && rule.excludeBots) return false
    if (!note.hasFiles && rule.withFile) return false
    if (!isMeantFor(note, rule.ownerId) || !isFromSource(note, rule)) return false
    const where = rule.caseSensitive ? text : folded
    return (rule.words.length === 0 || hasAny(rule.words, where)) && !hasAny(rule.excludedWords, where)
  }
}

const isMeantFor = ({ visibility, authorId, recipients }: AntennaNote, ownerId: string): boolean =>
  visibility !== 'specified' || authorId === ownerId || recipients.includes(ownerId)

function isFromSource({ authorNames }: AntennaNote, { src, users }: AntennaRule): boolean {
  if (src !== 'users' && src !== 'users_blacklist') return true
  return authorNames.some((name) => users.has(name)) === (src === 'users')
}
