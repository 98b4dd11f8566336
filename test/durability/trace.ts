import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Beginning or end of a system call, in the order in which they happened. */
export interface Moment {
  at: 'begin' | 'end'
  call: string
  /** What the descriptor stands for: a path, or `TCP:[…]`. */
  target: string
  /** Bytes written, as latin1. Known at the beginning. */
  data: string
  /** What it returned; null at the beginning. */
  result: number | null
}

const calls = 'fsync,fdatasync,pwrite64,pwritev,write,writev,sendmsg,sendto'

/** A command under which another is traced into a file; null where that cannot be done. */
export function tracer(file: string, more: string[] = []): string[] | null {
  if (spawnSync('strace', ['-o', '/dev/null', 'true']).status !== 0) return null
  // Strings whole and in hexadecimal; every thread; descriptors with what they are.
  return ['strace', '-f', '-yy', '-xx', '-s', '131072', '-e', `trace=${calls}`, ...more, '-o', file]
}

/**
 * Reads a trace. The tracer stops a thread where a call begins and where it ends, and writes lines in that order: a call
 * on one line began and ended with nothing between; of others the two halves stand where they happened.
 */
export function readTrace(file: string): Moment[] {
  const moments: Moment[] = []
  const unfinished = new Map<string, Moment>()
  for (const line of readFileSync(file, 'latin1').split('\n')) {
    const resumed = /^(\d+) +<\.\.\. (\w+) resumed>.*= (-?\d+)/.exec(line)
    if (resumed) {
      const [, thread, call, result] = resumed
      const begun = unfinished.get(thread!)
      if (begun?.call !== call) throw new Error(`A call ended that did not begin: ${line.slice(0, 200)}`)
      unfinished.delete(thread!)
      moments.push({ ...begun!, at: 'end', result: Number(result) })
      continue
    }
    const begun = /^(\d+) +(\w+)\((?:\d+)<(.*?)>(?=[,)]| <unfinished)(.*)$/.exec(line)
    if (!begun) continue
    const [, thread, call, target, rest] = begun
    const data = [...rest!.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex]) => decode(hex!)).join('')
    const moment: Moment = { at: 'begin', call: call!, target: decode(target!), data, result: null }
    moments.push(moment)
    if (rest!.endsWith('<unfinished ...>')) {
      unfinished.set(thread!, moment)
      continue
    }
    moments.push({ ...moment, at: 'end', result: Number(/= (-?\d+)[^=]*$/.exec(rest!)?.[1]) })
  }
  return moments
}

const decode = (text: string): string =>
  text.replaceAll(/\\x([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
