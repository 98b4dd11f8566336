import en from './locales/en.json' with { type: 'json' }
import id from './locales/id.json' with { type: 'json' }
import ja from './locales/ja.json' with { type: 'json' }
import ko from './locales/ko.json' with { type: 'json' }
import zhCN from './locales/zh-CN.json' with { type: 'json' }

/** English is the language every other one is held against. */
type Messages = typeof en

/** A new language is a file in `locales/` and its name here. */
const files = { en, id, ja, ko, 'zh-CN': zhCN } satisfies Record<string, Messages>

export type Language = keyof typeof files

export type MessageKey = {
  [Section in keyof Messages]: `${Section}.${keyof Messages[Section] & string}`
}[keyof Messages]

/** A message in the page's language, with each `{name}` replaced by the value of that name. */
export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string

/** Every language with the name its own speakers use. */
export const languages: readonly { readonly code: Language; readonly name: string }[] = (
  Object.keys(files) as Language[]
).map((code) => ({ code, name: files[code].language.name }))

export const isLanguage = (code: string | undefined): code is Language =>
  code !== undefined && Object.hasOwn(files, code)

/** The message as written, placeholders still in it. */
export const message = (language: Language, key: MessageKey): string => {
  // Keys of permissions hold colons but no dot: the first dot always ends the section.
  const dot = key.indexOf('.')
  const section: Record<string, string> = files[language][key.slice(0, dot) as keyof Messages]
  return section[key.slice(dot + 1)]!
}

export const placeholder = /\{(\w+)\}/g

export const translator =
  (language: Language): Translate =>
  (key, values = {}) =>
    message(language, key).replace(placeholder, (whole, name: string) => String(values[name] ?? whole))

/** Subtags of a Chinese tag (RFC 5646) that stand for traditional characters, which those of zh-CN are not. */
const traditional = ['hant', 'tw', 'hk', 'mo']

/** The language of ours that a language tag asks for, whatever region it names; null for none. */
const languageOfTag = (tag: string): Language | null => {
  const [primary, ...others] = tag.trim().toLowerCase().split('-')
  if (primary === 'zh') {
    return others.includes('hans') || !others.some((other) => traditional.includes(other)) ? 'zh-CN' : null
  }
  // Indonesian was `in` until 1989, and old Java programs still say so.
  const code = primary === 'in' ? 'id' : primary
  return isLanguage(code) ? code : null
}

/** Long enough for any browser's list; what follows is not read. */
const longestHeader = 256

/**
 * The language to answer in: the one chosen before (the cookie's value) when we have it, else the best of the
 * `Accept-Language` header (RFC 9110, section 12.5.4), else English.
 */
export const pickLanguage = (acceptLanguage: string | undefined, cookie: string | undefined): Language => {
  if (isLanguage(cookie)) return cookie
  let best: Language = 'en'
  let bestWeight = 0
  for (const range of (acceptLanguage ?? '').slice(0, longestHeader).split(',')) {
    const [tag = '', ...parameters] = range.trim().split(';')
    const code = languageOfTag(tag)
    const q = parameters.find((parameter) => parameter.trim().startsWith('q='))
    const weight = q === undefined ? 1 : Number(q.trim().slice(2))
    if (code && weight > bestWeight) {
      best = code
      bestWeight = weight
    }
  }
  return best
}
