import { lowestIdAt } from './id.ts'

/** One page of a list: bounds are ids, exclusive. */
export interface Page {
  limit: number
  since: string | null
  until: string | null
  order: 'asc' | 'desc'
}

/** What a caller may say about a page. Dates are milliseconds since 1970. */
export interface PageParams {
  limit?: number
  sinceId?: string
  untilId?: string
  sinceDate?: number
  untilDate?: number
}

/**
 * Reads the paging parameters that most lists share: ids win over dates; newest first, unless only a lower bound is given.
 */
export function toPage(params: PageParams, defaultLimit = 10): Page {
  const since = params.sinceId ?? (params.sinceDate === undefined ? null : lowestIdAt(params.sinceDate))
  const until = params.untilId ?? (params.untilDate === undefined ? null : lowestIdAt(params.untilDate))
  return { limit: params.limit ?? defaultLimit, since, until, order: since !== null && until === null ? 'asc' : 'desc' }
}

/** One page of several lists together, each of them given as its own page of the same bounds. */
export function mergedIds(lists: readonly (readonly string[])[], { order, limit }: Page): string[] {
  const ids = [...new Set(lists.flat())].sort()
  if (order === 'desc') ids.reverse()
  return ids.slice(0, limit)
}
