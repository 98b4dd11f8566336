// A target in angle brackets and its parameters, as in RFC 8288 section 3.
const links = /<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~-]+\*?(?:\s*=\s*(?:"[^"]*"|[^\s",;]*))?)*)/g
const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]*))/i

/** The addresses with the relation `redirect_uri` in a `Link` header, resolved against where it came from. */
export function redirectUrisOfLinks(header: string, base: string): string[] {
  return [...header.matchAll(links)].flatMap(([, target = '', parameters = '']) => {
    // The first one counts (RFC 8288 section 3.3).
    const [, quoted, plain] = relation.exec(parameters) ?? []
    if (!isRedirect(quoted ?? plain ?? '')) return []
    const href = URL.parse(target, base)?.href
    return href === undefined ? [] : [href]
  })
}

/** Whether `redirect_uri` is among the relations, which are separated by spaces and compared without case. */
export const isRedirect = (rel: string): boolean => rel.toLowerCase().split(/\s+/).includes('redirect_uri')
