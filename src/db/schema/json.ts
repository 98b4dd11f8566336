import type { ColumnType } from 'kysely'

/** A JSON column: written with `toJson`, read as the value. */
export type Json<T> = ColumnType<T, string, string>

/** The one way values become JSON columns. Reading them back is the work of the dialects. */
export const toJson = (value: unknown): string => JSON.stringify(value)
