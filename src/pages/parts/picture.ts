import { type Html, html, safeHref } from '../../lib/html.ts'
import type { Me, View } from '../view.ts'

/** Pictures come over https or from this server; anything else the page's policy would block anyway. */
const pictureSource = (view: View, url: string | null): string | null => {
  if (url?.startsWith('/') && !url.startsWith('//')) return url
  const href = safeHref(url)
  if (href === null) return null
  return href.startsWith('https:') || new URL(href).origin === view.origin ? href : null
}

const firstLetter = (name: string): string => {
  const [letter] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.slice(0, 64))
  return letter?.segment.toUpperCase() ?? '?'
}

/** The letter lies beneath: it shows when there is no picture or the picture does not load. No referrer to strangers. */
const tile = (view: View, kind: string, name: string, url: string | null): Html => {
  const source = pictureSource(view, url)
  return html`<span class="tile ${kind}" aria-hidden="true">${firstLetter(name)}${
    source !== null && html`<img src="${source}" alt="" referrerpolicy="no-referrer" decoding="async">`
  }</span>`
}

export const avatar = (view: View, me: Me, size: 'small' | 'medium'): Html =>
  tile(view, `tile-round tile-${size}`, me.name ?? me.username, me.avatarUrl)

export const appIcon = (view: View, name: string, url: string | null, size: 'medium' | 'large'): Html =>
  tile(view, `tile-${size}`, name, url)
