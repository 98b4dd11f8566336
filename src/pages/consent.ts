import { type Callback, readCallback } from '../access/callback.ts'
import { isAdminPermission, type Permission } from '../access/permission.ts'
import { type Html, html } from '../lib/html.ts'
import { expiries } from './expiry.ts'
import { icon } from './icons.ts'
import { layout } from './layout.ts'
import { mark } from './mark.ts'
import { choices, csrfField } from './parts/form.ts'
import { warning } from './parts/notice.ts'
import { openTicks } from './parts/permission-ticks.ts'
import { phrase } from './parts/phrase.ts'
import { appIcon, avatar } from './parts/picture.ts'
import type { Me, View } from './view.ts'

export type ConsentData = {
  /** Id of the stored request; sent back as `request`. */
  readonly request: string
  readonly app: {
    readonly name: string | null
    readonly iconUrl: string | null
    /** Where the application says who it is, when it does. */
    readonly page?: string
  }
  /** What may be granted, all ticked. */
  readonly permissions: readonly Permission[]
  /** Administration permissions that were asked for and that this person cannot give. */
  readonly withheld: readonly Permission[]
  /** Names that were asked for and that are no permissions. */
  readonly unknown: readonly string[]
  /** As the app sent it. */
  readonly callback: string | null
  /** What else the page tells programs. */
  readonly head?: Html
}

const heading = (view: View, me: Me, app: ConsentData['app'], appName: string): Html => html`<div class="consent-head">
  <p class="consent-pair">${appIcon(view, appName, app.iconUrl, 'large')}<span class="consent-link" aria-hidden="true"></span><span
    class="tile tile-large tile-bean">${mark(40)}</span></p>
  <h1>${phrase(view, 'consent.wants', { app: html`<strong>${appName}</strong>` })}</h1>
  <p class="consent-me">${avatar(view, me, 'medium')}<span><strong>${me.name ?? me.username}</strong><span
    class="help">@${me.username}</span></span><a class="button button-quiet" href="/sign-in?next=${encodeURIComponent(
      view.path,
    )}">${icon('switch-horizontal')} ${view.t('consent.switch')}</a></p>
</div>`

const warnings = (view: View, data: ConsentData, callback: Callback): Html => {
  const { t } = view
  return html`${data.permissions.some(isAdminPermission) && warning(t('consent.adminTitle'), t('consent.admin'))}
  ${
    callback.kind === 'app' &&
    warning(
      t('consent.schemeTitle'),
      phrase(view, 'consent.scheme', { place: html`<strong>${callback.scheme}</strong>` }),
    )
  }
  ${callback.kind === 'none' && warning(t('consent.noneTitle'), t('consent.noCallback'))}
  ${callback.kind === 'refused' && warning(t('consent.refusedTitle'), t('consent.refusedCallback'))}`
}

const permissionSection = (view: View, data: ConsentData): Html => {
  const { t } = view
  if (data.permissions.length === 0) {
    return html`<section><h2>${t('consent.permissions')}</h2><p>${t('consent.none')}</p></section>`
  }
  return html`<section>
    <h2>${t('consent.permissions')}</h2>
    <p class="help">${t('consent.permissionsHelp')}</p>
    ${openTicks(view, data.permissions, new Set<string>(data.permissions))}
  </section>`
}

/** At most so many unknown names are listed: an app may send any number. */
const mostUnknown = 20

const notGranted = (view: View, data: ConsentData): Html => {
  const { t } = view
  if (data.withheld.length + data.unknown.length === 0) return html``
  return html`<section class="not-granted">
    <h2>${icon('x')} ${t('consent.notGranted')}</h2>
    ${
      data.withheld.length > 0 &&
      html`<p class="help">${t('consent.notGrantedAdmin')}</p>
      <ul>${data.withheld.map((permission) => html`<li>${t(`permission.${permission}`)}</li>`)}</ul>`
    }
    ${
      data.unknown.length > 0 &&
      html`<p class="help">${t('consent.notGrantedUnknown')}</p>
      <ul>${data.unknown.slice(0, mostUnknown).map((name) => html`<li><code>${name.slice(0, 80)}</code></li>`)}${
        data.unknown.length > mostUnknown && html`<li>…</li>`
      }</ul>`
    }
  </section>`
}

const destination = (view: View, callback: Callback): Html => {
  if (callback.kind === 'none' || callback.kind === 'refused') {
    return html`${icon('x')} <span>${view.t('consent.backNone')}</span>`
  }
  const place = html`<strong class="host">${callback.kind === 'web' ? callback.host : callback.scheme}</strong>`
  return html`${icon('arrow-right')} <span>${phrase(view, callback.kind === 'web' ? 'consent.back' : 'consent.backApp', { place })}</span>`
}

/**
 * Stays in sight with the address that tells who asks. Refuse stands first: Enter in a check box presses the first
 * button, and must not allow anything.
 */
const decision = (view: View, callback: Callback): Html => html`<div class="decision">
  <p class="destination">${destination(view, callback)}</p>
  <button class="button" type="submit" name="decision" value="refuse">${view.t('consent.refuse')}</button>
  <button class="button button-main" type="submit" name="decision" value="allow">${view.t('consent.allow')}</button>
</div>`

/**
 * Asks whether an app may act for the signed-in person (`view.me` must be there). Posts `request`, `permission` (any
 * number), `expires`, `decision` (`allow` or `refuse`) and `csrf` to /consent.
 */
export const consentPage = (view: View & { readonly me: Me }, data: ConsentData): Html => {
  const { t } = view
  const appName = data.app.name?.trim().slice(0, 100) || t('consent.unnamed')
  const callback = readCallback(data.callback)
  return layout(view, {
    title: t('consent.title', { app: appName }),
    width: 'middle',
    head: data.head,
    body: html`<form class="card consent" method="post" action="/consent">
  ${csrfField(view)}
  <input type="hidden" name="request" value="${data.request}">
  ${heading(view, view.me, data.app, appName)}
  ${warnings(view, data, callback)}
  ${permissionSection(view, data)}
  ${notGranted(view, data)}
  ${choices(
    'expires',
    t('consent.howLong'),
    t('consent.howLongHelp'),
    'never',
    expiries.map((value) => ({ value, label: t(`expiry.${value}`) })),
  )}
  <div>
    <p class="help">${t('consent.unverified')}</p>
    ${data.app.page && html`<p class="help">${phrase(view, 'consent.page', { page: html`<code>${data.app.page}</code>` })}</p>`}
    <p class="help">${t('consent.expires')}</p>
  </div>
  ${decision(view, callback)}
</form>`,
  })
}
