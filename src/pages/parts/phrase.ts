import { type Html, type HtmlValue, html } from '../../lib/html.ts'
import { type MessageKey, message } from '../messages.ts'
import type { View } from '../view.ts'

/** A message whose placeholders are markup, such as a host in bold. Word order stays the translator's. */
export const phrase = (view: View, key: MessageKey, values: Readonly<Record<string, HtmlValue>>): Html => {
  // Splitting by a pattern with a group gives text and names by turns.
  const parts = message(view.lang, key).split(/\{(\w+)\}/)
  return html`${parts.map((part, i) => (i % 2 === 0 ? part : values[part]))}`
}
