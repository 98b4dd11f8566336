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
  /** What it shares with the other tokens of one app; null for a token that belongs to none. */
  readonly app: string | null
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

type Group = readonly [TokenRow, ...TokenRow[]]

/** Tokens of one app together, where the first of them stands. */
const byApp = (tokens: readonly TokenRow[]): Group[] => {
  const groups = Map.groupBy(tokens, ({ id, app, via }) => (app === null ? `token ${id}` : `${via} ${app}`))
  return [...groups.values()].flatMap(([first, ...others]) => (first ? [[first, ...others] as const] : []))
}

/** An app that was allowed more than once: everything it has, to be ended one by one or at once. */
const appGroup = (view: View, group: Group, time: (at: number) => Html): Html => {
  const { t } = view
  const [first] = group
  const name = first.name || t('tokens.unnamed')
  return html`<li class="row-group">
  <div class="row">
    ${appIcon(view, name, first.iconUrl, 'medium')}
    <div class="row-text"><h3>${name}</h3><p class="help">${t('tokens.severalTimes', { count: group.length })}</p></div>
    <form method="post" action="/settings/api/revoke">
      ${csrfField(view)}${group.map(({ id }) => html`<input type="hidden" name="id" value="${id}">`)}
      <button class="button button-azuki" type="submit" aria-label="${t('tokens.revokeAllNamed', { name })}">${t('tokens.revokeAll')}</button>
    </form>
  </div>
  <ul class="rows">${group.map((token) => row(view, token, time))}</ul>
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
  return html`<ul class="rows">${byApp(tokens).map((group) => {
    const [first] = group
    return group.length === 1 ? row(view, first, time) : appGroup(view, group, time)
  })}</ul>`
}
