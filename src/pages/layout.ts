import { type Html, type HtmlValue, html } from '../lib/html.ts'
import { icon } from './icons.ts'
import { mark } from './mark.ts'
import type { Language } from './messages.ts'
import { csrfField } from './parts/form.ts'
import { avatar } from './parts/picture.ts'
import type { Me, View } from './view.ts'

export type Page = {
  readonly title: string
  /** `narrow` for one form, `middle` for one decision, `wide` for lists. */
  readonly width: 'narrow' | 'middle' | 'wide'
  readonly head?: HtmlValue
  /** Whether the header leads someone signed out to the sign-in form; not on that form itself. */
  readonly offerSignIn?: boolean
  readonly body: HtmlValue
}

/** The same page in another language. Slashes in front are folded: `//host` would lead off this server. */
const inLanguage = (path: string, language: Language): string => {
  const url = new URL(path.replace(/^[/\\]*/, '/'), 'http://localhost')
  url.searchParams.set('lang', language)
  return url.pathname.replace(/^\/+/, '/') + url.search
}

const languageMenu = (view: View): Html => html`<details class="menu">
  <summary>${icon('language', view.t('layout.language'))}<span class="menu-name">${
    view.languages.find(({ code }) => code === view.lang)?.name
  }</span>${icon('chevron-down')}</summary>
  <ul>${view.languages.map(
    ({ code, name }) =>
      html`<li><a href="${inLanguage(view.path, code)}" lang="${code}" hreflang="${code}" ${
        code === view.lang && html`aria-current="true"`
      }>${name}</a></li>`,
  )}</ul>
</details>`

const accountMenu = (view: View, me: Me): Html => html`<details class="menu">
  <summary aria-label="${view.t('layout.account')}: @${me.username}">${avatar(view, me, 'small')}<span class="menu-name">@${
    me.username
  }</span>${icon('chevron-down')}</summary>
  <ul>
    <li><a href="/settings/api">${icon('key')} ${view.t('layout.apiTokens')}</a></li>
    <li><form method="post" action="/sign-out">${csrfField(view)}<button type="submit">${icon('logout')} ${view.t(
      'layout.signOut',
    )}</button></form></li>
  </ul>
</details>`

/** A whole page. The colours of `theme-color` are those of `--paper` in `tokens.css`. */
export const layout = (view: View, page: Page): Html => html`<!doctype html>
<html lang="${view.lang}">
<head>
<meta charset="utf-8">
<title>${page.title} · ${view.serverName}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#FBF8F2" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#211D19" media="(prefers-color-scheme: dark)">
<link rel="icon" href="${view.asset('favicon.svg')}" type="image/svg+xml">
${(['tokens.css', 'style.css', 'parts.css', 'forms.css', 'permissions.css'] as const).map(
  (file) => html`<link rel="stylesheet" href="${view.asset(file)}">
`,
)}<script src="${view.asset('page.js')}" defer></script>
${page.head}
</head>
<body>
<a class="skip" href="#content">${view.t('layout.skip')}</a>
<header class="top">
  <a class="brand" href="/" aria-label="${view.t('layout.home', { server: view.serverName })}">${mark(28)}<span>${
    view.serverName
  }</span></a>
  <div class="top-tools">
    ${languageMenu(view)}
    ${view.me !== null && accountMenu(view, view.me)}
    ${view.me === null && page.offerSignIn && html`<a class="button button-quiet" href="/sign-in">${view.t('layout.signIn')}</a>`}
  </div>
</header>
<main id="content" class="page page-${page.width}" tabindex="-1">
${page.body}
</main>
<footer class="bottom"><p>${mark(16)} ${view.t('layout.poweredBy')}</p></footer>
</body>
</html>
`
