/**
 * HTML as a value: text is escaped unless it was written in our own source as a template.
 * The key is a symbol, so nothing that came in as JSON can pose as markup.
 */
const markup: unique symbol = Symbol('markup')

export type Html = { readonly [markup]: string }

/** What a template accepts. `true` is left out on purpose: it is nearly always a forgotten `&& html…`. */
export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand between tags or in a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!)

const toMarkup = (value: HtmlValue): string => {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(toMarkup).join('')
  return (value as Html)[markup]
}

/**
 * Template tag: every value is escaped, except other `Html`. Arrays are joined; `false`, `null` and `undefined` are
 * nothing. Not for the inside of `<script>` or `<style>`, which our pages do not have.
 */
export const html = (strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html => {
  let out = strings[0]!
  for (let i = 0; i < values.length; i++) {
    // An attribute without quotes ends at the first space of the value: the rest would become attributes of its own.
    if (/\s[\w:-]+=$/.test(strings[i]!)) throw new Error(`Quote the attribute: ${strings[i]!.slice(-40)}`)
    out += toMarkup(values[i]) + strings[i + 1]!
  }
  return { [markup]: out }
}

/** Markup taken as it is. Only for constants of this repository, such as an icon's drawing. */
export const raw = (constant: string): Html => ({ [markup]: constant })

/** The finished text of a page or a part of one. */
export const render = (value: Html): string => value[markup]

/**
 * The URL in its normal form when it is an absolute http or https one, else null. Strangers choose icon and callback
 * addresses: `javascript:` and its like must never become a link.
 */
export const safeHref = (url: string | null | undefined): string | null => {
  if (!url || !URL.canParse(url)) return null
  const { protocol, href } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? href : null
}
