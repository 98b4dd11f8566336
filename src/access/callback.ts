/** Schemes that would run script, or act elsewhere, in the name of our page. */
const refused = new Set([
  'javascript:',
  'data:',
  'vbscript:',
  'file:',
  'blob:',
  'filesystem:',
  'about:',
  'mailto:',
  'tel:',
  'sms:',
  'ws:',
  'wss:',
  'view-source:',
])

/** Where an application wants to be called back; null when it cannot be used. Applications' own schemes are fine. */
export function readCallback(text: string): URL | null {
  // Control characters and spaces are dropped by URL parsers: what is shown would not be where it leads.
  if (text.length > 2048 || /[\u0000-\u0020\u007f]/.test(text)) return null
  const url = URL.parse(text)
  if (!url || refused.has(url.protocol)) return null
  return url
}

/** The callback with a parameter set in its query, whatever the query was before. */
export function withParameter(callback: URL, name: string, value: string): string {
  const url = new URL(callback)
  url.searchParams.set(name, value)
  return url.href
}

/** A page on the web, in a browser; anything else opens an application on the device. */
export const isWeb = (url: URL): boolean => url.protocol === 'https:' || url.protocol === 'http:'
