import { type Html, html } from '../../lib/html.ts'
import type { View } from '../view.ts'

/**
 * A function that shows moments (milliseconds since 1970) in the page's language, in UTC: the server does not know the
 * reader's zone. One formatter serves the whole page, since making one costs more than formatting.
 */
export const timeIn = (view: View): ((at: number) => Html) => {
  const format = new Intl.DateTimeFormat(view.lang, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  return (at) =>
    html`<time datetime="${new Date(at).toISOString()}">${view.t('form.utc', { time: format.format(at) })}</time>`
}
