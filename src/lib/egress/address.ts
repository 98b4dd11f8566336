import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { type EgressFailure, failure } from './failure.ts'

/** All addresses of a host name, or none; may reject when the name does not exist. */
export type Resolve = (hostname: string) => Promise<string[]>

// Only 2000::/3 is given out as global unicast (RFC 4291 section 2.4). Asking for it, and not only for the absence of
// a special range, also stops IPv4-compatible ::/96, NAT64 prefixes and whatever range is reserved next.
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an address belongs to a machine on the public internet. Every range of the special-purpose registries
 * (RFC 6890) is refused. Forms that carry an IPv4 address inside (mapped, compatible, NAT64, 6to4, Teredo) are refused
 * whole: a gateway would carry the request to the inner address, and no public service needs them.
 */
export function isPublicAddress(address: string): boolean {
  // A zone id names an interface of this machine, so the address is not a public one.
  if (isIP(address) === 0 || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(globalUnicast)
}

/**
 * The addresses a request to this URL may connect to, IPv4 first (many servers have no working IPv6). The name is
 * resolved here once, and nowhere else: were it resolved again for the connection, a name server could answer
 * with a public address for the check and an inner one for the connection (DNS rebinding).
 */
export async function resolveAllowed(
  url: URL,
  resolve: Resolve,
  allowPrivate: boolean,
): Promise<string[] | EgressFailure> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(hostname) ? [hostname] : await resolve(hostname).catch(() => [])
  if (addresses.length === 0 || addresses.some((address) => isIP(address) === 0)) {
    return failure('unresolvable', `${hostname} has no address`)
  }
  // One inner address among public ones is enough to refuse: which of them is used would be up to chance or the attacker.
  const inner = addresses.find((address) => !isPublicAddress(address))
  if (!allowPrivate && inner !== undefined) {
    return failure('privateAddress', inner === hostname ? inner : `${hostname} has the address ${inner}`)
  }
  return addresses.toSorted((a, b) => isIP(a) - isIP(b))
}
