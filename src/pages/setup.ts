import { type Html, html } from '../lib/html.ts'
import { layout } from './layout.ts'
import { mark } from './mark.ts'
import { csrfField, problems } from './parts/form.ts'
import { accountFields, accountProblems, type SignUpError } from './sign-up.ts'
import type { View } from './view.ts'

export type SetupData = {
  readonly username: string
  readonly errors: readonly SignUpError[]
}

/**
 * Makes the first administrator. Posts `username`, `password` and `csrf` to the path
 * it is shown at, which holds the one-time secret. A used or ended link is an error page of status 410.
 */
export const setup = (view: View, data: SetupData): Html => {
  const { t } = view
  const found = accountProblems(view, data.errors)
  return layout(view, {
    title: t('setup.title'),
    width: 'narrow',
    body: html`<div class="card">
  <div class="card-head">${mark(48)}<h1>${t('setup.title')}</h1></div>
  <p>${t('setup.lead')}</p>
  ${problems(view, found)}
  <form method="post">
    ${csrfField(view)}
    ${accountFields(view, data.username, found)}
    <button class="button button-main button-wide" type="submit">${t('setup.submit')}</button>
  </form>
</div>
<p class="below">${t('setup.once')}</p>`,
  })
}
