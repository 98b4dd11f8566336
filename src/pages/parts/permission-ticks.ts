import type { Permission } from '../../access/permission.ts'
import { type Html, html } from '../../lib/html.ts'
import { type IconName, icon } from '../icons.ts'
import { dangerOf, type GroupName, inGroups, type PermissionGroup } from '../permissions.ts'
import type { View } from '../view.ts'

const groupIcons: Readonly<Record<GroupName, IconName>> = {
  administerPeople: 'shield-exclamation',
  administerContent: 'shield-exclamation',
  administerServer: 'shield-exclamation',
  account: 'user-circle',
  chat: 'message-circle',
  drive: 'folder',
  notes: 'pencil',
  people: 'users',
  works: 'layout-grid',
  server: 'world',
}

const overServer = (group: PermissionGroup): boolean => dangerOf(group.permissions[0]!) === 'admin'

/** The mark of a dangerous permission. Words, not colour alone. */
export const dangerMark = (view: View, permission: Permission): Html => {
  const danger = dangerOf(permission)
  return html`${danger !== null && html` <span class="badge badge-azuki">${view.t(`danger.${danger}`)}</span>`}`
}

/** Groups of administration say so in their name: a mark on each of their lines would only be noise. */
const ticks = (view: View, group: PermissionGroup, ticked: ReadonlySet<string>, names: boolean): Html =>
  html`<ul class="ticks" aria-label="${view.t(`permissionGroup.${group.name}`)}">${group.permissions.map(
    (permission) => html`<li><label class="tick">
      <input type="checkbox" name="permission" value="${permission}" ${ticked.has(permission) && html`checked`}>
      <span>${view.t(`permission.${permission}`)}${!overServer(group) && dangerMark(view, permission)}${
        names && html`<code>${permission}</code>`
      }</span>
    </label></li>`,
  )}</ul>`

/** Check boxes named `permission`, by group, all in sight. */
export const openTicks = (view: View, permissions: readonly Permission[], ticked: ReadonlySet<string>): Html =>
  html`${inGroups(permissions).map(
    (group) => html`<fieldset class="group">
      <legend class="group-name${overServer(group) && ' danger'}">${icon(groupIcons[group.name])} ${view.t(
        `permissionGroup.${group.name}`,
      )}</legend>
      ${ticks(view, group, ticked, false)}
    </fieldset>`,
  )}`

/** The same folded by group, with the names developers look for. Groups with a tick are unfolded. */
export const foldedTicks = (view: View, permissions: readonly Permission[], ticked: ReadonlySet<string>): Html =>
  html`${inGroups(permissions).map((group) => {
    const name = view.t(`permissionGroup.${group.name}`)
    return html`<details class="group" ${group.permissions.some((permission) => ticked.has(permission)) && html`open`}>
      <summary class="${overServer(group) && 'danger'}">${icon(groupIcons[group.name])} <span>${view.t('tokens.group', {
        name,
        count: group.permissions.length,
      })}</span>${icon('chevron-down')}</summary>
      ${ticks(view, group, ticked, true)}
    </details>`
  })}`
