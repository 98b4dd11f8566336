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

const slot = <T>(name: string): Expression<T> => sql<T>`${new Slot(name)}`

const slots = <P extends object>(): Parameters<P> =>
  new Proxy({} as Parameters<P>, { get: (_, name) => slot(String(name)) })

/**
 * A query built and compiled once per database and run with new values each time: building takes longer than running.
 * The query must have the same shape whatever the values; values take no part in building it.
 * @param build makes the query out of the parameters' stand-ins
 */
export function prepared<P extends object, R>(
  build: (db: Db, parameters: Parameters<P>) => Compilable<R>,
): (db: Db, values: P) => Promise<R[]> {
  const compiled = compileOnce((db) => build(db, slots<P>()))
  return async (db, values) => (await run(db, compiled(db), values)).rows
}

/** How many values one statement takes: a list is filled up to the next of these, so that there are few statements. */
const LENGTHS = [1, 2, 4, 8, 16, 32, 64, 128]
const LONGEST = LENGTHS.at(-1)!

/**
 * The same for a query about a list of values: it is compiled for a few lengths, and longer lists are asked in parts.
 * Rows come in no order. A value may be given to the query more than once.
 */
export function preparedList<V, P extends object, R>(
  build: (db: Db, list: Expression<V>[], parameters: Parameters<P>) => Compilable<R>,
): (db: Db, list: readonly V[], values: P) => Promise<R[]> {
  const name = (index: number) => `list ${index}`
  const compiled = LENGTHS.map((length) =>
    compileOnce((db) => {
      const list = Array.from({ length }, (_, index) => slot<V>(name(index)))
      return build(db, list, slots<P>())
    }),
  )
  const part = async (db: Db, list: readonly V[], values: P): Promise<R[]> => {
    const fits = LENGTHS.findIndex((length) => length >= list.length)
    const given = { ...values } as Record<string, unknown>
    for (let index = 0; index < LENGTHS[fits]!; index++) given[name(index)] = list[Math.min(index, list.length - 1)]
    return (await run(db, compiled[fits]!(db), given)).rows
  }
  return async (db, list, values) => {
    if (list.length === 0) return []
    if (list.length <= LONGEST) return part(db, list, values)
    const rows: R[] = []
    for (let start = 0; start < list.length; start += LONGEST) {
      rows.push(...(await part(db, list.slice(start, start + LONGEST), values)))
    }
    return rows
  }
}

function compileOnce<R>(build: (db: Db) => Compilable<R>): (db: Db) => CompiledQuery<R> {
  // Keyed by what belongs to one opened database (its transactions share it), and gone with it.
  const compiled = new WeakMap<DialectAdapter, CompiledQuery<R>>()
  return (db) => {
    const { adapter } = db.getExecutor()
    let query = compiled.get(adapter)
    if (!query) {
      query = withEachSlotOnce(build(db).compile() as CompiledQuery<R>)
      compiled.set(adapter, query)
    }
    return query
  }
}

/**
 * Numbers the parameters so that a slot used in several places is one parameter: the database then sees that parts of
 * the query are the same, and does their work once.
 */
function withEachSlotOnce<R>(query: CompiledQuery<R>): CompiledQuery<R> {
  const parameters: unknown[] = []
  const numbers = new Map<string, number>()
  let position = 0
  const text = query.sql.replaceAll(/\?|\$\d+/g, (mark) => {
    const value = query.parameters[position++]
    const known = value instanceof Slot ? numbers.get(value.name) : undefined
    const number = known ?? parameters.push(value)
    if (value instanceof Slot) numbers.set(value.name, number)
    return `${mark[0]}${number}`
  })
  if (position !== query.parameters.length) throw new Error('A query has a mark in its text that is no parameter')
  // SQLite plans for the very number that is given as a limit, and so plans again at each run: for a sum it does not.
  return { ...query, sql: text.replaceAll(/\b(limit|offset) (\?\d+)/g, '$1 $2 + 0'), parameters }
}

function run<R>(db: Db, query: CompiledQuery<R>, values: object) {
  const given = values as Record<string, unknown>
  return db.executeQuery<R>({
    ...query,
    parameters: query.parameters.map((value) => (value instanceof Slot ? given[value.name] : value)),
  })
}
