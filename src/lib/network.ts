import { createHash } from 'node:crypto'
import ipaddr from 'ipaddr.js'

/**
 * What limits are counted by for someone at an address: one household has one IPv6 network of 64 bits, and could call
 * from any address in it. Only a digest, so that addresses are kept nowhere.
 */
export function networkKey(ip: string): string {
  const address = ipaddr.isValid(ip) ? ipaddr.process(ip) : null
  const network = address?.kind() === 'ipv6' ? address.toByteArray().slice(0, 8).join('.') : (address?.toString() ?? ip)
  return createHash('sha256').update(network).digest('base64url')
}
