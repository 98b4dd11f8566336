import { type Html, html } from '../lib/html.ts'
import { type IconName, icon } from './icons.ts'
import { layout } from './layout.ts'
import type { View } from './view.ts'

export type ConsentOutcome = 'allowed' | 'refused' | 'expired' | 'used' | 'unknown'

export type ConsentDoneData = { readonly outcome: ConsentOutcome; readonly appName: string | null }

const icons: Readonly<Record<ConsentOutcome, IconName>> = {
  allowed: 'check',
  refused: 'x',
  expired: 'clock',
  used: 'info-circle',
  unknown: 'info-circle',
}

/** The end of a consent that sends nobody on: done without a callback, or not to be answered (any more). */
export const consentDone = (view: View, data: ConsentDoneData): Html => {
  const { t } = view
  const app = data.appName?.trim().slice(0, 100) || t('consentDone.theApp')
  const title = t(`consentDone.${data.outcome}Title`)
  return layout(view, {
    title,
    width: 'narrow',
    offerSignIn: true,
    body: html`<div class="card card-outcome">
  <p class="outcome outcome-${data.outcome}">${icon(icons[data.outcome])}</p>
  <h1>${title}</h1>
  <p>${t(`consentDone.${data.outcome}`, { app })}</p>
  <p>${
    view.me === null
      ? html`<a class="button" href="/">${t('consentDone.home')}</a>`
      : html`<a class="button" href="/settings/api">${t('consentDone.tokens')}</a>`
  }</p>
</div>`,
  })
}
