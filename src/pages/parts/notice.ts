import { type Html, type HtmlValue, html } from '../../lib/html.ts'
import { icon } from '../icons.ts'

/** Azuki: something to weigh before going on. */
export const warning = (title: HtmlValue, text: HtmlValue): Html => html`<div class="notice notice-azuki">
  ${icon('alert-triangle')}
  <div><h2>${title}</h2><p>${text}</p></div>
</div>`

/** Green: what was asked for has happened. Screen readers say it when the page opens. */
export const success = (text: HtmlValue): Html => html`<div class="notice notice-green" role="status">
  ${icon('check')}
  <div><p>${text}</p></div>
</div>`
