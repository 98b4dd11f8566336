import { type Html, html } from '../lib/html.ts'
import { layout } from './layout.ts'
import { copyField } from './parts/copy-field.ts'
import { type DeviceRow, deviceList } from './parts/device-list.ts'
import { type IssueForm, issueForm } from './parts/issue-form.ts'
import { success } from './parts/notice.ts'
import { type TokenRow, tokenList } from './parts/token-list.ts'
import type { View } from './view.ts'

export type TokensData = {
  /** A token made by this very request, in plain text; it is never shown again. */
  readonly issued: { readonly name: string; readonly token: string } | null
  /** What the form before this page did. */
  readonly done: 'revoked' | 'ended' | null
  readonly tokens: readonly TokenRow[]
  readonly devices: readonly DeviceRow[]
  /** Whether administration permissions are offered. */
  readonly isAdministrator: boolean
  readonly form: IssueForm
}

const issuedToken = (view: View, { name, token }: { name: string; token: string }): Html => {
  const { t } = view
  const example = `curl ${view.origin}/api/i -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' -d '{}'`
  return html`<section class="card issued" tabindex="-1" autofocus>
  <h2>${t('tokens.issuedTitle', { name: name || t('tokens.unnamed') })}</h2>
  <p>${t('tokens.issued')}</p>
  ${copyField(view, 'token', t('tokens.token'), token)}
  <h3>${t('tokens.try')}</h3>
  ${copyField(view, 'example', t('tokens.try'), example)}
</section>`
}

const block = (
  id: string,
  title: string,
  help: string,
  content: Html,
): Html => html`<section class="block" aria-labelledby="${id}">
  <div class="block-head"><h2 id="${id}">${title}</h2><p class="help">${help}</p></div>
  <div class="block-body">${content}</div>
</section>`

/** Settings > API: what acts for a person, a form to make a token, and the devices signed in. */
export const tokens = (view: View, data: TokensData): Html => {
  const { t } = view
  return layout(view, {
    title: t('tokens.title'),
    width: 'wide',
    body: html`<div class="page-head"><h1>${t('tokens.title')}</h1><p class="lead">${t('tokens.lead')}</p></div>
${data.done !== null && success(t(`tokens.${data.done}`))}
${data.issued !== null && issuedToken(view, data.issued)}
${block('apps', t('tokens.list'), t('tokens.listHelp'), tokenList(view, data.tokens))}
${block('issue', t('tokens.issue'), t('tokens.issueHelp'), issueForm(view, data.form, data.isAdministrator))}
${block('devices', t('tokens.devices'), t('tokens.devicesHelp'), deviceList(view, data.devices))}`,
  })
}
