import { type Html, html } from '../lib/html.ts'
import { layout } from './layout.ts'
import { mark } from './mark.ts'
import type { View } from './view.ts'

/** What happened, in the words of `error.*`. */
export type ErrorReason =
  | 'badRequest'
  | 'formExpired'
  | 'signInNeeded'
  | 'forbidden'
  | 'notFound'
  | 'gone'
  | 'tooLarge'
  | 'tooMany'
  | 'failed'
  | 'busy'

export type ErrorPageData = {
  readonly status: number
  /** Only where the status alone says too little. */
  readonly reason?: ErrorReason
  /** Id of the request in the log, shown so that the administrator can find it. */
  readonly reference?: string
}

const reasons: Readonly<Record<number, ErrorReason>> = {
  401: 'signInNeeded',
  403: 'forbidden',
  404: 'notFound',
  405: 'notFound',
  410: 'gone',
  413: 'tooLarge',
  429: 'tooMany',
  503: 'busy',
}

const reasonOf = (status: number): ErrorReason => reasons[status] ?? (status < 500 ? 'badRequest' : 'failed')

/** Says what happened and what to do. Shows nothing of the error itself: that is for the log. */
export const errorPage = (view: View, data: ErrorPageData): Html => {
  const { t } = view
  const reason = data.reason ?? reasonOf(data.status)
  const title = t(`error.${reason}Title`)
  return layout(view, {
    title,
    width: 'narrow',
    offerSignIn: true,
    body: html`<div class="card card-outcome">
  ${mark(64)}
  <h1>${title}</h1>
  <p>${t(`error.${reason}`)}</p>
  ${data.reference && html`<p class="help">${t('error.reference', { id: data.reference })}</p>`}
  <p><a class="button" href="/">${t('error.home')}</a></p>
  <p class="help">${t('error.status', { status: data.status })}</p>
</div>`,
  })
}
