import { type Html, type HtmlValue, html } from '../../lib/html.ts'
import { icon } from '../icons.ts'
import type { View } from '../view.ts'

export const csrfField = (view: View): Html =>
  html`${view.csrf !== null && html`<input type="hidden" name="csrf" value="${view.csrf}">`}`

export type Field = {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'password'
  readonly value?: string
  readonly help?: string
  readonly error?: string | null
  readonly autocomplete?: string
  readonly maxLength?: number
  readonly optional?: boolean
  readonly plain?: boolean
}

/** A labelled input; help and error are tied to it, so that a screen reader says them with the label. */
export const field = (input: Field): Html => {
  const described = [input.help && `${input.name}-help`, input.error && `${input.name}-error`].filter(Boolean).join(' ')
  return html`<div class="field">
    <label for="${input.name}">${input.label}</label>
    ${input.help && html`<p class="help" id="${input.name}-help">${input.help}</p>`}
    <input id="${input.name}" name="${input.name}" type="${input.type ?? 'text'}" value="${input.value ?? ''}"
      ${input.autocomplete && html`autocomplete="${input.autocomplete}"`}
      ${input.maxLength && html`maxlength="${input.maxLength}"`}
      ${!input.optional && html`required`}
      ${input.plain && html`autocapitalize="none" autocorrect="off" spellcheck="false"`}
      ${described && html`aria-describedby="${described}"`}
      ${input.error && html`aria-invalid="true"`}>
    ${input.error && html`<p class="field-error" id="${input.name}-error">${icon('alert-triangle')} ${input.error}</p>`}
  </div>`
}

export type Problem = { readonly field: string; readonly text: string }

/** What went wrong, above the form and focused when the page opens; each line leads to its field. */
export const problems = (view: View, list: readonly Problem[]): Html =>
  html`${
    list.length > 0 &&
    html`<div class="notice notice-azuki" role="alert" tabindex="-1" autofocus>
      ${icon('alert-triangle')}
      <div>
        <h2>${view.t('form.problem')}</h2>
        <ul>${list.map((problem) => html`<li><a href="#${problem.field}">${problem.text}</a></li>`)}</ul>
      </div>
    </div>`
  }`

/** Radio buttons as a row of pills. */
export const choices = (
  name: string,
  legend: HtmlValue,
  help: string | null,
  chosen: string,
  options: readonly { readonly value: string; readonly label: string }[],
): Html => html`<fieldset class="choices" ${help !== null && html`aria-describedby="${name}-help"`}>
  <legend>${legend}</legend>
  ${help !== null && html`<p class="help" id="${name}-help">${help}</p>`}
  <div class="pills">${options.map(
    ({ value, label }) =>
      html`<label class="pill"><input type="radio" name="${name}" value="${value}" ${
        value === chosen && html`checked`
      }><span>${label}</span></label>`,
  )}</div>
</fieldset>`
