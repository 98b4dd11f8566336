import { type Html, html } from '../lib/html.ts'
import { icon } from './icons.ts'
import { layout } from './layout.ts'
import { mark } from './mark.ts'
import { copyField } from './parts/copy-field.ts'
import { phrase } from './parts/phrase.ts'
import { avatar } from './parts/picture.ts'
import { hostOf, type Me, type View } from './view.ts'

export type HomeData = {
  readonly registration: 'open' | 'invite' | 'closed'
  /** False until the first administrator exists. */
  readonly isSetUp: boolean
  /** Where the API document is shown, such as /api-doc. */
  readonly documentPath: string
}

const ways = (view: View, data: HomeData): Html => {
  const { t } = view
  if (!data.isSetUp) return html`<p class="quiet">${t('home.empty')}</p>`
  return html`<p class="actions">
    <a class="button button-main" href="/sign-in">${t('home.signIn')}</a>
    ${data.registration === 'open' && html`<a class="button" href="/sign-up">${t('home.signUp')}</a>`}
    ${data.registration === 'invite' && html`<a class="button" href="/sign-up">${t('home.signUpInvited')}</a>`}
  </p>
  ${data.registration === 'closed' && html`<p class="quiet">${t('home.closed')}</p>`}`
}

const welcome = (view: View, data: HomeData): Html => html`<div class="hero">
  ${mark(96)}
  <h1>${view.serverName}</h1>
  <p class="lead">${view.t('home.lead')}</p>
  ${ways(view, data)}
</div>`

const greeting = (view: View, me: Me): Html => html`<div class="hero hero-me">
  ${avatar(view, me, 'medium')}
  <h1>${view.t('home.hello', { name: me.name ?? me.username })}</h1>
</div>`

const address = (view: View): Html => html`<section class="address" aria-labelledby="address-title">
  <h2 id="address-title">${view.t('home.address')}</h2>
  ${copyField(view, 'address', view.t('home.address'), hostOf(view))}
  <p class="help">${view.t('home.addressHelp')}<br>${phrase(view, 'home.addressFull', {
    address: html`<code>${view.origin}</code>`,
  })}</p>
</section>`

const steps = (view: View): Html => html`<section aria-labelledby="connect-title">
  <h2 id="connect-title">${icon('plug-connected')} ${view.t('home.connect')}</h2>
  <ol class="steps">
    <li>${view.t('home.connectOpen')}</li>
    <li>${phrase(view, 'home.connectType', { host: html`<strong class="host">${hostOf(view)}</strong>` })}</li>
    <li>${view.t('home.connectAllow')}</li>
  </ol>
</section>`

const door = (
  href: string,
  drawing: Html,
  title: string,
  help: string,
): Html => html`<li><a class="door" href="${href}">
  ${drawing}<span><strong>${title}</strong><span class="help">${help}</span></span>${icon('arrow-right')}
</a></li>`

const doors = (view: View, data: HomeData): Html => {
  const { t } = view
  return html`<ul class="doors">
    ${view.me !== null && door('/settings/api', icon('key'), t('home.tokens'), t('home.tokensHelp'))}
    ${door(data.documentPath, icon('book-2'), t('home.document'), t('home.documentHelp'))}
  </ul>`
}

/** The start page: what this is and what to do next, signed in or not. */
export const home = (view: View, data: HomeData): Html =>
  layout(view, {
    title: view.t('home.title'),
    width: 'middle',
    body: html`${view.me === null ? welcome(view, data) : greeting(view, view.me)}
${address(view)}
${steps(view)}
${doors(view, data)}`,
  })
