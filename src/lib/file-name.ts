/** The longest name a file may have, in UTF-16 units, as clients count. */
const LONGEST = 200

/** Characters that show nothing, end lines or turn the direction of what follows: a name with them pretends. */
const deceiving = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/

/** Whether a file may be called so: no path, nothing hidden, not blank. */
export const isFileName = (name: string): boolean =>
  name.trim() !== '' && name.length <= LONGEST && !/[\\/]|\.\./.test(name) && !deceiving.test(name)

/** A name that somebody's system gave, made into one that may be: without its folders and what must not be in a name. */
export function tidyFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .replaceAll(new RegExp(deceiving, 'g'), '')
    .replaceAll(/\.{2,}/g, '.')
    .trim()
  if (clean.length <= LONGEST) return clean
  const dot = clean.lastIndexOf('.')
  const end = dot > 0 && clean.length - dot <= 16 ? clean.slice(dot) : ''
  return (
    clean
      .slice(0, LONGEST - end.length)
      .toWellFormed()
      .replaceAll('\ufffd', '') + end
  )
}

/**
 * What a file is called: by the name that was given, else `untitled`, with an ending that says what is in it.
 * @param endings those that suit its content, the usual one first; none where nobody can tell
 */
export function nameWithEnding(name: string, endings: readonly string[]): string {
  const base = name === '' || name === 'blob' ? 'untitled' : name
  const [usual] = endings
  if (usual === undefined) return base
  const dot = base.lastIndexOf('.')
  const ending = dot < 0 ? '' : base.slice(dot + 1).toLowerCase()
  if (endings.includes(ending)) return base
  return `${base.slice(0, LONGEST - usual.length - 1)}.${usual}`
}
