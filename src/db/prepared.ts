import { type Compilable, type CompiledQuery, type DialectAdapter, type Expression, sql } from 'kysely'
import type { Db } from './database.ts'

class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** Stands for a value that is given when the query is run. */
export type Parameters<P> = { readonly [K in keyof P]-?: Expression<P[K]> }

/**
 * A query built and compiled once per database and run with new values each time: building takes longer than running.
 * The query must have the same shape whatever the values; values take no part in building it.
 * @param build makes the query out of the parameters' stand-ins
 */
export function prepared<P extends object, R>(
  build: (db: Db, parameters: Parameters<P>) => Compilable<R>,
): (db: Db, values: P) => Promise<R[]> {
  // Keyed by what belongs to one opened database (its transactions share it), and gone with it.
  const compiled = new WeakMap<DialectAdapter, CompiledQuery<R>>()
  const parameters = new Proxy({} as Parameters<P>, {
    get: (_, name) => sql`${new Slot(String(name))}`,
  })
  return async (db, values) => {
    const { adapter } = db.getExecutor()
    let query = compiled.get(adapter)
    if (!query) {
      query = build(db, parameters).compile() as CompiledQuery<R>
      compiled.set(adapter, query)
    }
    const given = values as Record<string, unknown>
    const { rows } = await db.executeQuery<R>({
      ...query,
      parameters: query.parameters.map((value) => (value instanceof Slot ? given[value.name] : value)),
    })
    return rows
  }
}
