import { type Html, html } from '../lib/html.ts'
import { layout } from './layout.ts'
import { mark } from './mark.ts'
import { csrfField, field, type Problem, problems } from './parts/form.ts'
import type { View } from './view.ts'

export type SignUpError =
  | 'usernameInvalid'
  | 'usernameTaken'
  | 'usernameReserved'
  | 'passwordEmpty'
  | 'passwordShort'
  | 'invitationInvalid'
  | 'tooMany'

export type SignUpData = {
  readonly registration: 'open' | 'invite' | 'closed'
  readonly username: string
  readonly invitationCode: string
  readonly errors: readonly SignUpError[]
}

const fieldOf: Readonly<Record<SignUpError, string>> = {
  usernameInvalid: 'username',
  usernameTaken: 'username',
  usernameReserved: 'username',
  passwordEmpty: 'password',
  passwordShort: 'password',
  invitationInvalid: 'invitationCode',
  tooMany: 'username',
}

/** The errors of a form that makes an account, with the fields they belong to. */
export const accountProblems = (view: View, errors: readonly SignUpError[]): readonly Problem[] =>
  errors.map((error) => ({ field: fieldOf[error], text: view.t(`signUpError.${error}`) }))

/** Username and a new password, for everyone who makes an account. */
export const accountFields = (view: View, username: string, found: readonly Problem[]): Html => {
  const { t } = view
  const errorOf = (name: string) => found.find((problem) => problem.field === name)?.text ?? null
  return html`${field({
    name: 'username',
    label: t('form.username'),
    help: t('signUp.usernameHelp'),
    value: username,
    error: errorOf('username'),
    autocomplete: 'username',
    maxLength: 20,
    plain: true,
  })}
    ${field({
      name: 'password',
      label: t('form.password'),
      type: 'password',
      help: t('signUp.passwordHelp'),
      error: errorOf('password'),
      autocomplete: 'new-password',
    })}`
}

const closed = (view: View): Html => html`<div class="card">
  <div class="card-head">${mark(48)}<h1>${view.t('signUp.closedTitle')}</h1></div>
  <p>${view.t('signUp.closed')}</p>
</div>`

const form = (view: View, data: SignUpData): Html => {
  const { t } = view
  const found = accountProblems(view, data.errors)
  return html`<div class="card">
  <div class="card-head">${mark(48)}<h1>${t('signUp.lead', { server: view.serverName })}</h1></div>
  ${problems(view, found)}
  <form method="post" action="/sign-up">
    ${csrfField(view)}
    ${
      data.registration === 'invite' &&
      field({
        name: 'invitationCode',
        label: t('signUp.invitationCode'),
        help: t('signUp.invitationHelp'),
        value: data.invitationCode,
        error: found.find((problem) => problem.field === 'invitationCode')?.text ?? null,
        autocomplete: 'off',
        maxLength: 64,
        plain: true,
      })
    }
    ${accountFields(view, data.username, found)}
    <button class="button button-main button-wide" type="submit">${t('signUp.submit')}</button>
  </form>
</div>`
}

/** Posts `username`, `password`, `invitationCode` (only when needed) and `csrf` to /sign-up. */
export const signUp = (view: View, data: SignUpData): Html =>
  layout(view, {
    title: view.t('signUp.title'),
    width: 'narrow',
    body: html`${data.registration === 'closed' ? closed(view) : form(view, data)}
<p class="below">${view.t('signUp.haveAccount')} <a href="/sign-in">${view.t('signUp.signIn')}</a></p>`,
  })
