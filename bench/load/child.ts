import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Vitals } from './serve.ts'

/** A server in a process of its own. */
export interface Child extends AsyncDisposable {
  origin: string
  vitals(): Promise<Vitals>
}

/** Starts one of the programs beside this file. */
export async function startChild(program: 'serve' | 'floor', settings: Record<string, string> = {}): Promise<Child> {
  const child = fork(join(import.meta.dirname, `${program}.ts`), [JSON.stringify(settings)], {
    execArgv: ['--max-semi-space-size=4'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const origin = await message<string>(child)
  return {
    origin,
    async vitals() {
      child.send('vitals')
      return message<Vitals>(child)
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

async function message<T>(child: ChildProcess): Promise<T> {
  const over = new AbortController()
  const { signal } = over
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`A server ended with code ${code} before it answered`)
  })
  try {
    const [value] = await Promise.race([once(child, 'message', { signal }), ended])
    return value as T
  } finally {
    ended.catch(() => {})
    over.abort()
  }
}
