/** Milliseconds between two lines where nobody watches them change. */
const QUIET = 10_000
const WATCHED = 100

/** What long work says on standard error: one line that changes on a terminal, else a line now and then. */
export interface Progress extends Disposable {
  say(text: string): void
}

/** A number of things, in words. */
export const counted = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`

export function startProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const every = stream.isTTY ? WATCHED : QUIET
  let last = Date.now()
  let isLineOpen = false
  return {
    say(text) {
      if (Date.now() - last < every) return
      last = Date.now()
      isLineOpen = stream.isTTY
      // Back to the beginning of the line, and away with what stood there.
      stream.write(stream.isTTY ? `\r\x1b[K${text}` : `${text}\n`)
    },
    [Symbol.dispose]() {
      if (isLineOpen) stream.write('\r\x1b[K')
    },
  }
}
