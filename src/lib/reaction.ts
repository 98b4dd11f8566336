/** What is stored for a reaction that cannot be read or is not allowed, and for every one to a note that takes likes only. */
export const LIKE = '❤'

/** Words older clients send. */
const words: ReadonlyMap<string, string> = new Map([
  ['like', '👍'],
  ['love', LIKE],
  ['laugh', '😆'],
  ['hmm', '🤔'],
  ['surprise', '😮'],
  ['congrats', '🎉'],
  ['angry', '💢'],
  ['confused', '😥'],
  ['rip', '😇'],
  ['pudding', '🍮'],
  ['star', '⭐'],
])

/** Emojis and names of custom ones are shorter; of a longer text the beginning is read. */
const MAX_LENGTH = 512
const EMOJI_STYLE = '\uFE0F'
const JOINER = '\u200D'

const customForm = /^:([\w+-]+)(?:@\.)?:$/
const storedCustomForm = /^:([\w+-]+):$/
/** Characters that are an emoji only with a selector behind them, unless a skin tone or the other selector is there. */
const unstyled = /[\p{Emoji}--\p{Emoji_Presentation}](?![\p{Emoji_Modifier}\uFE0E])/gv
const emoji = /\p{RGI_Emoji}/v

/** A reaction as a client may write it: the name of a custom emoji, or one Unicode emoji in the form it is stored in. */
export type ReadReaction = { custom: string } | { unicode: string }

/** Reads a reaction. Whatever is none is a like. Whether there is such a custom emoji is not known here. */
export function readReaction(text: string): ReadReaction {
  const start = text.slice(0, MAX_LENGTH)
  const custom = customForm.exec(start)?.[1]
  if (custom !== undefined) return { custom }
  return { unicode: words.get(start) ?? firstEmoji(start) ?? LIKE }
}

/**
 * The first Unicode emoji of a text. Selectors that say “as an emoji” are not needed to tell one from another and are
 * left out, except inside of joined ones, where they are put where they belong.
 */
function firstEmoji(text: string): string | undefined {
  const styled = text.replaceAll(EMOJI_STYLE, '').replace(unstyled, `$&${EMOJI_STYLE}`)
  const found = emoji.exec(styled)?.[0]
  return found?.includes(JOINER) ? found : found?.replaceAll(EMOJI_STYLE, '')
}

/** The form a custom emoji is stored in as a reaction. */
export const customReaction = (name: string): string => `:${name}:`

/** A stored reaction as the API shows it: a custom emoji says that it is of this server. */
export const shownReaction = (stored: string): string => stored.replace(storedCustomForm, ':$1@.:')

/** The form in which a reaction is stored, if there is such a one, however a client writes it. */
export function storedReaction(text: string): string {
  const read = readReaction(text)
  return 'custom' in read ? customReaction(read.custom) : read.unicode
}
