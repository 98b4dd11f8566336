import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Source } from './source.ts'

const compress = promisify(gzip)

/** Characters of rows that go into one member: what is held in memory at a time, there and when it is read. */
const MEMBER_LENGTH = 1024 * 1024

/** The members with the rows of a table begin with this. */
export const folderOf = (table: string): string => `tables/${table}/`

/**
 * Writes the rows of all tables as lines of JSON, compressed, in members `tables/<table>/000001.jsonl.gz`. Tables come
 * in an order in which their rows can be put back.
 * @param progress told how many rows of a table are done, now and then
 * @returns the number of rows of each table
 */
export async function dump(
  source: Source,
  add: (name: string, content: Uint8Array) => Promise<void>,
  progress: (table: string, rows: number) => void,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { name } of source.tables) {
    let rows = 0
    let part = 0
    let lines = ''
    const addPart = async () => {
      const number = String(++part).padStart(6, '0')
      await add(`${folderOf(name)}${number}.jsonl.gz`, await compress(lines))
      lines = ''
    }
    for await (const some of source.rows(name)) {
      for (const row of some) lines += `${JSON.stringify(row)}\n`
      rows += some.length
      progress(name, rows)
      if (lines.length >= MEMBER_LENGTH) await addPart()
    }
    if (lines !== '') await addPart()
    counts[name] = rows
  }
  return counts
}
