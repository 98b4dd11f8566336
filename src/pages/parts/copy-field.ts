import { type Html, html } from '../../lib/html.ts'
import { icon } from '../icons.ts'
import type { View } from '../view.ts'

/** Text to take along: one click selects all of it, and `page.js`, where it runs, brings out the copy button. */
export const copyField = (view: View, id: string, label: string, text: string): Html => html`<div class="copy">
  <code id="${id}" class="copy-text" tabindex="0" role="textbox" aria-readonly="true" aria-label="${label}">${text}</code>
  <button class="button button-quiet" type="button" hidden data-copy="${id}" data-done="${view.t('form.copied')}"
    aria-label="${view.t('form.copy')}: ${label}">${icon('copy')} <span>${view.t('form.copy')}</span></button>
</div>`
