import { isPermission } from '../../access/permission.ts'
import { type Html, html } from '../../lib/html.ts'
import { icon } from '../icons.ts'
import { mark } from '../mark.ts'
import { hostOf, type View } from '../view.ts'
import { csrfField } from './form.ts'
import { dangerMark } from './permission-ticks.ts'
import { phrase } from './phrase.ts'
import { appIcon } from './picture.ts'
import { timeIn } from './time.ts'

export type TokenRow = {
  /** Sent back as `id` to revoke it. */
  readonly id: string
  readonly name: string | null
  readonly iconUrl: string | null
  /** How the token came to be. */
  readonly via: 'miauth' | 'oauth' | 'app' | 'manual'
  readonly permissions: readonly string[]
  /** Milliseconds since 1970, like the two below. */
  readonly createdAt: number
  readonly lastUsedAt: number | null
  readonly expiresAt: number | null
}

const viaKeys = {
  miauth: 'tokens.viaMiauth',
  oauth: 'tokens.viaOauth',
  app: 'tokens.viaApp',
  manual: 'tokens.viaManual',
} as const

const permissionDetails = (view: View, permissions: readonly string[]): Html => {
  const { t } = view
  if (permissions.length === 0) return html`<p class="help">${t('tokens.noPermissions')}</p>`
  return html`<details class="fold">
    <summary>${t('tokens.permissions', { count: permissions.length })}${icon('chevron-down')}</summary>
    <ul class="plain">${permissions.map((permission) =>
      isPermission(permission)
        ? html`<li>${t(`permission.${permission}`)}${dangerMark(view, permission)}</li>`
        : html`<li><code>${permission}</code></li>`,
    )}</ul>
  </details>`
}

const row = (view: View, token: TokenRow, time: (at: number) => Html): Html => {
  const { t } = view
  const name = token.name || t('tokens.unnamed')
  return html`<li class="row">
  ${appIcon(view, name, token.iconUrl, 'medium')}
  <div class="row-text">
    <h3>${name}</h3>
    <ul class="facts">
      <li>${t(viaKeys[token.via])}</li>
      <li>${phrase(view, 'tokens.created', { time: time(token.createdAt) })}</li>
      <li>${token.lastUsedAt === null ? t('tokens.neverUsed') : phrase(view, 'tokens.lastUsed', { time: time(token.lastUsedAt) })}</li>
      <li>${token.expiresAt === null ? t('tokens.endsNever') : phrase(view, 'tokens.ends', { time: time(token.expiresAt) })}</li>
    </ul>
    ${permissionDetails(view, token.permissions)}
  </div>
  <form method="post" action="/settings/api/revoke">
    ${csrfField(view)}<input type="hidden" name="id" value="${token.id}">
    <button class="button button-azuki" type="submit" aria-label="${t('tokens.revokeNamed', { name })}">${t('tokens.revoke')}</button>
  </form>
</li>`
}

/** Apps and tokens of a person, each with the button that ends it; or what to do when there is none. */
export const tokenList = (view: View, tokens: readonly TokenRow[]): Html => {
  if (tokens.length === 0) {
    return html`<div class="empty">${mark(56)}<p><strong>${view.t('tokens.empty')}</strong></p><p class="help">${phrase(
      view,
      'tokens.emptyHelp',
      { host: html`<strong class="host">${hostOf(view)}</strong>` },
    )}</p></div>`
  }
  const time = timeIn(view)
  return html`<ul class="rows">${tokens.map((token) => row(view, token, time))}</ul>`
}
