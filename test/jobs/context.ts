import { join } from 'node:path'
import { createMemoryBus } from '../../src/bus/memory.ts'
import type { Ctx } from '../../src/context.ts'
import type { Database } from '../../src/db/database.ts'
import { createIds } from '../../src/lib/id.ts'

interface Line {
  level: 'debug' | 'info' | 'warn' | 'error'
  fields: Record<string, unknown>
  message: string
}

export interface WorkerContext {
  ctx: Ctx
  logged: Line[]
}

/** As much of a context as work in the background needs, on a database. */
export function fakeContext({ db, transact }: Database): WorkerContext {
  const logged: Line[] = []
  const write = (level: Line['level']) => (fields: object, message: string) =>
    void logged.push({ level, fields: fields as Line['fields'], message })
  const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
  const bus = createMemoryBus((error) => log.error({ err: error }, 'A listener failed'))
  // A folder for data in which there is nothing.
  const config = { data: join(import.meta.dirname, 'none') }
  return { ctx: { config, db, transact, bus, log, ids: createIds() } as unknown as Ctx, logged }
}
