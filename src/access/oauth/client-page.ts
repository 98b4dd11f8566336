import { setImmediate } from 'node:timers/promises'
import { Parser } from 'htmlparser2'
import type { EgressResponse } from '../../lib/egress.ts'
import { type Client, cleanName, cleanUrl } from './client-text.ts'
import { collectApp } from './h-app.ts'
import { isRedirect } from './link-header.ts'

/** Read in one go without holding up others. */
const SLICE = 32 * 1024

/** No page about an application is nested deeper. The parser takes time with the depth for each tag, so it has to end. */
const MAX_DEPTH = 256

class TooDeep extends Error {}

/**
 * Reads a client's page: every `<link rel=redirect_uri>`, and name and logo of the first h-app, if that is about this
 * client.
 * @returns the client, or what is wrong with the page
 */
export async function readPageClient(answer: EgressResponse, clientId: string): Promise<Client | string> {
  const text = new TextDecoder().decode(answer.body)
  const redirectUris: string[] = []
  const app = collectApp(answer.url)
  let depth = 0
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (++depth > MAX_DEPTH) throw new TooDeep()
      // IndieAuth section 4.2.2 names only this element: others may be what visitors wrote.
      if (tag === 'link' && isRedirect(attributes['rel'] ?? '')) {
        const href = URL.parse(attributes['href'] ?? '', answer.url)?.href
        if (href !== undefined) redirectUris.push(href)
      }
      app.open(tag, attributes)
    },
    ontext: (part) => app.text(part),
    onclosetag() {
      depth--
      app.close()
    },
  })
  try {
    for (let at = 0; at < text.length; at += SLICE) {
      if (at > 0) await setImmediate()
      parser.write(text.slice(at, at + SLICE))
    }
    parser.end()
  } catch (error) {
    if (error instanceof TooDeep) return `is a page nested deeper than ${MAX_DEPTH} elements`
    throw error
  }
  const found = app.found()
  // A page may hold h-apps of others; its own leads to the client's address or to what that lies below (as client_uri).
  const isOwn = found?.urls.some((url) => clientId.startsWith(url)) ?? false
  return {
    name: isOwn ? cleanName(found?.name) : null,
    logoUrl: isOwn ? cleanUrl(found?.logo, answer.url) : null,
    redirectUris,
  }
}
