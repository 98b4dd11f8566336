import assert from 'node:assert/strict'
import type { Person, TestServer } from '../server.ts'
import { bodyOf } from './expect.ts'

/**
 * Reads a list by every rule of paging: newest first, upwards when only the lower bound is given, bounds left out.
 * @param made what the list holds, oldest first; at least four of them
 */
export async function assertPages(
  server: TestServer,
  path: string,
  params: object,
  as: Person | null,
  made: readonly string[],
): Promise<void> {
  const down = made.toReversed()
  const [second, last] = [made[1], made.at(-1)]
  const pages: [bounds: object, expected: readonly string[]][] = [
    [{ limit: 100 }, down],
    [{ limit: 2 }, down.slice(0, 2)],
    [{ limit: 2, untilId: last }, down.slice(1, 3)],
    [{ limit: 2, sinceId: made[0] }, made.slice(1, 3)],
    [{ sinceId: second, untilId: last }, made.slice(2, -1).reverse()],
    [{ sinceDate: 0, limit: 3 }, made.slice(0, 3)],
    [{ untilDate: 946_684_800_001 }, []],
  ]
  for (const [bounds, expected] of pages) {
    const given = bodyOf(await server.call(path, { ...params, ...bounds }, as))
    assert.deepEqual(
      given.map(({ id }: { id: string }) => id),
      expected,
      `${path} ${JSON.stringify(bounds)}`,
    )
  }
}
