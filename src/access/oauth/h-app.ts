/** What an h-app says of an application. */
export interface HApp {
  name: string | null
  logo: string | null
  /** Absolute. */
  urls: readonly string[]
}

/** Told the tags and texts of a page in their order, finds its first h-app (microformats2). */
export interface HAppCollector {
  open(tag: string, attributes: Record<string, string>): void
  text(part: string): void
  close(): void
  found(): HApp | null
}

/** A longer one is cut anyway. */
const MAX_NAME_LENGTH = 2048
const MAX_URLS = 20

export function collectApp(base: string): HAppCollector {
  let depth = 0
  /** The depth of the h-app; null before it. */
  let appAt: number | null = null
  let isOver = false
  /** The depth of the element whose text is the name; null outside it. */
  let nameAt: number | null = null
  let name: string | null = null
  let logo: string | null = null
  const urls: string[] = []

  function addUrl(address: string | undefined): void {
    const url = address === undefined ? null : URL.parse(address, base)
    if (url && urls.length < MAX_URLS) urls.push(url.href)
  }

  return {
    open(tag, attributes) {
      depth++
      if (isOver) return
      const classes = (attributes['class'] ?? '').split(/\s+/)
      if (appAt === null && classes.includes('h-app')) {
        appAt = depth
        if (tag === 'a') addUrl(attributes['href'])
      }
      if (appAt === null) return
      const address = attributes['href'] ?? attributes['src']
      if (classes.includes('p-name') && name === null) {
        name = tag === 'img' ? (attributes['alt'] ?? '') : ''
        nameAt = depth
        addUrl(address)
      }
      if (classes.includes('u-url')) addUrl(address)
      if (classes.includes('u-logo') && logo === null) logo = attributes['src'] ?? attributes['href'] ?? null
    },
    text(part) {
      if (nameAt !== null && name !== null && name.length < MAX_NAME_LENGTH) name += part
    },
    close() {
      if (nameAt === depth) nameAt = null
      if (appAt === depth) isOver = true
      depth--
    },
    found: () => (appAt === null ? null : { name, logo, urls }),
  }
}
