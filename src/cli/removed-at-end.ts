import { rmSync } from 'node:fs'

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** Files and folders of half-done work: gone when it ends, and when it is interrupted, which ends the process. */
export function removedAtEnd(...paths: string[]): Disposable {
  const remove = () => {
    for (const path of paths) rmSync(path, { recursive: true, force: true })
  }
  const interrupt = (signal: keyof typeof signals) => {
    remove()
    process.exit(signals[signal])
  }
  const names = Object.keys(signals) as (keyof typeof signals)[]
  for (const name of names) process.once(name, interrupt)
  return {
    [Symbol.dispose]() {
      for (const name of names) process.off(name, interrupt)
      remove()
    },
  }
}
