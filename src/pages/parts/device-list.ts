import { type Html, html } from '../../lib/html.ts'
import { deviceName } from '../device-name.ts'
import { icon } from '../icons.ts'
import type { View } from '../view.ts'
import { csrfField } from './form.ts'
import { phrase } from './phrase.ts'
import { timeIn } from './time.ts'

export type DeviceRow = {
  /** Sent back as `id` to end it. */
  readonly id: string
  readonly userAgent: string | null
  /** Milliseconds since 1970, like the one below. */
  readonly createdAt: number
  readonly lastUsedAt: number
  /** Whether this very page was asked for by it. */
  readonly isCurrent: boolean
}

const nameOf = (view: View, userAgent: string | null): string => {
  const { browser, system } = deviceName(userAgent)
  if (browser !== null && system !== null) return view.t('tokens.device', { browser, system })
  return browser ?? system ?? view.t('tokens.unknownDevice')
}

const row = (view: View, device: DeviceRow, time: (at: number) => Html): Html => {
  const { t } = view
  const name = nameOf(view, device.userAgent)
  return html`<li class="row">
  <span class="tile tile-medium">${icon('device-laptop')}</span>
  <div class="row-text">
    <h3>${name} ${device.isCurrent && html`<span class="badge badge-green">${t('tokens.thisOne')}</span>`}</h3>
    <ul class="facts">
      <li>${phrase(view, 'tokens.signedIn', { time: time(device.createdAt) })}</li>
      <li>${phrase(view, 'tokens.lastSeen', { time: time(device.lastUsedAt) })}</li>
    </ul>
  </div>
  <form method="post" action="/settings/api/end-session">
    ${csrfField(view)}<input type="hidden" name="id" value="${device.id}">
    <button class="button button-azuki" type="submit" aria-label="${t('tokens.endNamed', { name })}">${t('tokens.end')}</button>
  </form>
</li>`
}

/** The browsers signed in, this one marked, each with the button that signs it out. */
export const deviceList = (view: View, devices: readonly DeviceRow[]): Html => {
  const time = timeIn(view)
  return html`<ul class="rows">${devices.map((device) => row(view, device, time))}</ul>`
}
