import { type Callback, readCallback } from '../access/callback.ts'
import { type Html, html } from '../lib/html.ts'
import { icon } from './icons.ts'
import { layout } from './layout.ts'
import { phrase } from './parts/phrase.ts'
import type { View } from './view.ts'

export type SentOnData = {
  readonly decision: 'allowed' | 'refused'
  /** The whole address to go on to, answer parameters included. */
  readonly url: string
}

const placeOf = (callback: Callback): string => {
  if (callback.kind === 'web') return callback.host
  return callback.kind === 'app' ? callback.scheme : ''
}

/**
 * Sends the person on to the app. A page of ours does it rather than a redirect, because browsers hold the targets of a
 * form's redirects against the policy of the page with the form. An address that `readCallback` refuses leads nowhere.
 */
export const sentOn = (view: View, data: SentOnData): Html => {
  const { t } = view
  const callback = readCallback(data.url)
  const place = html`<strong class="host">${placeOf(callback)}</strong>`
  const title = t(`sentOn.${data.decision}Title`)
  const leads = callback.kind === 'web' || callback.kind === 'app'
  return layout(view, {
    title,
    width: 'narrow',
    head: leads && html`<meta http-equiv="refresh" content="0;url=${callback.href}">`,
    body: html`<div class="card card-outcome">
  <p class="outcome outcome-${data.decision}">${icon(data.decision === 'allowed' ? 'check' : 'x')}</p>
  <h1>${title}</h1>
  ${
    leads
      ? html`<p>${phrase(view, `sentOn.${data.decision}`, { place })}</p>
  <p class="help">${t('sentOn.stuck')}</p>
  <p><a class="button button-main" href="${callback.href}">${t('sentOn.continue', { place: placeOf(callback) })} ${icon(
    'arrow-right',
  )}</a></p>`
      : html`<p>${t('sentOn.unsafe')}</p>`
  }
</div>`,
  })
}
