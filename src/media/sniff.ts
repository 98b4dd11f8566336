import { open } from 'node:fs/promises'
import { isPlainText } from './plain-text.ts'

/** What a file is, by its content. */
export interface Sniffed {
  type: string
  /** Endings of names that suit it, the usual one first; none where everything does. */
  endings: readonly string[]
}

/** Nobody can tell. */
const UNKNOWN: Sniffed = { type: 'application/octet-stream', endings: [] }

/** How much of the beginning is looked at to tell one kind of text from another. */
const HEAD = 4096

/** Some kinds have more than one usual ending. */
const moreEndings: Readonly<Record<string, readonly string[]>> = {
  jpg: ['jpeg', 'jpe', 'jfif'],
  tif: ['tiff'],
  mp4: ['m4v'],
  mov: ['qt'],
  mkv: ['mka'],
  mid: ['midi'],
  ogg: ['oga'],
  apng: ['png'],
  gz: ['tgz'],
}

/** Longest look at one file, in milliseconds. */
const DEADLINE = 5000

/**
 * Tells what a file is by what is in it; its name only decides between kinds of text.
 * @param name what it is called
 */
export async function sniff(path: string, name: string): Promise<Sniffed> {
  const found = await byMagic(path)
  if (found && found.ext !== 'xml') return { type: found.mime, endings: [found.ext, ...(moreEndings[found.ext] ?? [])] }
  return (await isPlainText(path)) ? kindOfText(await headOf(path), name) : UNKNOWN
}

async function byMagic(path: string): Promise<{ ext: string; mime: string } | undefined> {
  // Loaded with the first upload: a server without any starts sooner.
  const { fileTypeFromFile } = await import('file-type')
  try {
    return await fileTypeFromFile(path, { signal: AbortSignal.timeout(DEADLINE) })
  } catch {
    // Cut short, or made to confuse: then it is nothing anybody knows.
    return undefined
  }
}

async function headOf(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}

/** HTML and scripts are text like any other: what they are for is nothing this server does. */
function kindOfText(head: string, name: string): Sniffed {
  if (isSvg(head)) return { type: 'image/svg+xml', endings: ['svg'] }
  if (/\.json$/i.test(name) && /^\s*[[{]/.test(head)) return { type: 'application/json', endings: ['json'] }
  return { type: 'text/plain', endings: [] }
}

/** Whether the first element is an svg: after what XML lets stand before it. */
function isSvg(head: string): boolean {
  let rest = head.replace(/^\ufeff/, '').trimStart()
  for (;;) {
    const end = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?') ? '?>' : /^<!doctype/i.test(rest) ? '>' : null
    if (end === null) return /^<(?:\w+:)?svg[\s/>]/.test(rest)
    const at = rest.indexOf(end)
    if (at < 0) return false
    rest = rest.slice(at + end.length).trimStart()
  }
}
