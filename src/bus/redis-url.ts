/**
 * Splits the setting into where to connect and which channel to use. Servers sharing one Redis are kept apart by a name:
 * `redis://host/name` or `redis://host?prefix=name`. A number in the path is a name as well, since channels, unlike
 * keys, are not separated by database.
 */
export function readRedisUrl(text: string): { target: string; channel: string } {
  const url = new URL(text.replace(/^valkey(s?):/i, 'redis$1:'))
  const name = url.searchParams.get('prefix') ?? decodeURIComponent(url.pathname.slice(1))
  url.searchParams.delete('prefix')
  url.pathname = ''
  return { target: url.href, channel: name ? `mamekey:${name}:events` : 'mamekey:events' }
}
