/** Part of something, in bytes; both ends belong to it. */
export interface Range {
  start: number
  end: number
}

/**
 * Reads a Range header (RFC 9110 §14.2) for something of so many bytes.
 * @returns null for all of it, as for what is no range or several; `unsatisfiable` for one that lies outside
 */
export function readRange(header: string | undefined, size: number): Range | 'unsatisfiable' | null {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return null
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(from)
  if (to !== '' && Number(to) < start) return null
  return start >= size ? 'unsatisfiable' : { start, end: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}
