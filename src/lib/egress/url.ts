import { type EgressFailure, failure } from './failure.ts'

// Ports of services that take lines of text, so that a request's headers or body could be read as commands: the list
// of the Fetch standard ("bad port"), and below it databases and remote desktops.
// biome-ignore format: a table is read better in rows
const blockedPorts = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540,
  548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000,
  6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
  138, 445, 1433, 1521, 3306, 3389, 5432, 5900, 6379, 11211, 27017,
])

export function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80))
}

/**
 * Reads a URL a request may go to. The WHATWG parser turns numeric hosts (decimal, octal, hexadecimal, shortened) into
 * dotted addresses, so that the address check sees what a connection would.
 */
export function readTarget(text: string, base?: URL): URL | EgressFailure {
  const url = URL.parse(text, base)
  if (!url) return failure('badUrl', 'not a URL')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return failure('badUrl', `scheme ${url.protocol}`)
  // "https://trusted.example@evil.example/" is shown to people as if it led to the first.
  if (url.username || url.password) return failure('badUrl', 'credentials in the URL')
  if (blockedPorts.has(portOf(url))) return failure('badUrl', `port ${portOf(url)}`)
  url.hash = ''
  return url
}
