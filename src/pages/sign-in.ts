import { type Html, html } from '../lib/html.ts'
import { layout } from './layout.ts'
import { mark } from './mark.ts'
import { csrfField, field, problems } from './parts/form.ts'
import type { View } from './view.ts'

export type SignInError = 'wrong' | 'suspended' | 'tooMany' | 'formExpired'

export type SignInData = {
  /** What was typed before, so that only the password has to be typed again. */
  readonly username: string
  /** Path of this server to go on to, checked by the caller; sent back as `next`. */
  readonly next: string | null
  readonly error: SignInError | null
  readonly registration: 'open' | 'invite' | 'closed'
  /** What else the page tells programs. */
  readonly head?: Html
}

/** Posts `username`, `password`, `next` and `csrf` to /sign-in. */
export const signIn = (view: View, data: SignInData): Html => {
  const { t } = view
  const error = data.error && t(`signInError.${data.error}`)
  return layout(view, {
    title: t('signIn.title'),
    width: 'narrow',
    head: data.head,
    body: html`<div class="card">
  <div class="card-head">${mark(48)}<h1>${t('signIn.lead', { server: view.serverName })}</h1></div>
  ${view.me !== null && html`<p class="quiet">${t('signIn.switching', { name: `@${view.me.username}` })}</p>`}
  ${view.me === null && data.next !== null && html`<p class="quiet">${t('signIn.continue')}</p>`}
  ${error !== null && problems(view, [{ field: data.error === 'wrong' ? 'password' : 'username', text: error }])}
  <form method="post" action="/sign-in">
    ${csrfField(view)}
    ${data.next !== null && html`<input type="hidden" name="next" value="${data.next}">`}
    ${field({
      name: 'username',
      label: t('form.username'),
      value: data.username,
      autocomplete: 'username webauthn',
      maxLength: 128,
      plain: true,
    })}
    ${field({ name: 'password', label: t('form.password'), type: 'password', autocomplete: 'current-password' })}
    <button class="button button-main button-wide" type="submit">${t('signIn.submit')}</button>
  </form>
</div>
${
  data.registration !== 'closed' &&
  html`<p class="below">${t('signIn.noAccount')} <a href="/sign-up">${t('signIn.signUp')}</a></p>`
}`,
  })
}
