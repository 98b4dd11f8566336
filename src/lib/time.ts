export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Milliseconds since 1970 as the API writes times, null for null. */
export const isoTime = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())
