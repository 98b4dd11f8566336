import { adminPermissions, userPermissions } from '../../access/permission.ts'
import { type Html, html } from '../../lib/html.ts'
import { type Expiry, expiries } from '../expiry.ts'
import { type Preset, presets } from '../presets.ts'
import type { View } from '../view.ts'
import { choices, csrfField, field, type Problem, problems } from './form.ts'
import { foldedTicks } from './permission-ticks.ts'

export type IssueError = 'nameLong' | 'nothingChosen' | 'formExpired'

/** What stands in the form: as it was sent when there are errors, else `blankIssueForm`. */
export type IssueForm = {
  readonly name: string
  readonly preset: Preset
  readonly permissions: readonly string[]
  readonly expires: Expiry
  readonly errors: readonly IssueError[]
}

export const blankIssueForm: IssueForm = { name: '', preset: 'bot', permissions: [], expires: 'never', errors: [] }

const fieldOf: Readonly<Record<IssueError, string>> = {
  nameLong: 'name',
  nothingChosen: 'preset-custom',
  formExpired: 'name',
}

const presetChoice = (view: View, chosen: Preset): Html => html`<fieldset class="presets">
  <legend>${view.t('tokens.preset')}</legend>
  ${presets.map(
    (preset) =>
      html`<label class="preset"><input type="radio" name="preset" id="preset-${preset}" value="${preset}" ${
        preset === chosen && html`checked`
      }><span><strong>${view.t(`preset.${preset}`)}</strong><span class="help">${view.t(`presetHelp.${preset}`)}</span></span></label>`,
  )}
</fieldset>`

/**
 * Posts `name`, `preset`, `permission` (any number, counted only with the preset `custom`), `expires` and `csrf` to
 * /settings/api/issue. Administration comes last here: nobody asks for it, one has to look for it.
 */
export const issueForm = (view: View, form: IssueForm, isAdministrator: boolean): Html => {
  const { t } = view
  const found: readonly Problem[] = form.errors.map((error) => ({
    field: fieldOf[error],
    text: t(`issueError.${error}`),
  }))
  const ticked = new Set(form.permissions)
  return html`<form class="issue" method="post" action="/settings/api/issue">
  ${csrfField(view)}
  ${problems(view, found)}
  ${field({
    name: 'name',
    label: t('tokens.name'),
    help: t('tokens.nameHelp'),
    value: form.name,
    error: form.errors.includes('nameLong') ? t('issueError.nameLong') : null,
    autocomplete: 'off',
    maxLength: 100,
  })}
  ${presetChoice(view, form.preset)}
  <div class="custom">
    <p class="custom-title">${t('tokens.choose')}</p>
    ${foldedTicks(view, userPermissions, ticked)}
    ${isAdministrator && foldedTicks(view, adminPermissions, ticked)}
  </div>
  ${choices(
    'expires',
    t('tokens.howLong'),
    null,
    form.expires,
    expiries.map((value) => ({ value, label: t(`expiry.${value}`) })),
  )}
  <button class="button button-main" type="submit">${t('tokens.submit')}</button>
</form>`
}
