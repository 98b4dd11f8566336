import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cells, type Relation, type Visibility } from './cells.ts'

/** What a reader can be to the author, beside what a viewer can be to a note. */
export type Reader = Relation | 'formerFollower' | 'blocked' | 'blocking' | 'muting'

/** A note of the author's: an answer to the reply target, one that answers nothing, or one in a channel. */
export type Kind = 'answer' | 'plain' | 'channel'

/** How a note comes in a list: as it is, without what it says, or not at all. */
export type Form = 'there' | 'hidden' | 'absent'

export interface Way {
  why: string
  /** Only notes of this kind come this way; without it, answers and plain ones. */
  of?: Kind
  for: Holders
  /** For answers, where they have other readers. */
  answer?: Holders
  /** Who is it that reads, whoever asks. */
  as?: 'anonymous'
  /** How a note comes that the reader may not see by its visibility; absent where not said. */
  unreadable?: Form
  /** How one comes to anonymous readers whose author requires sign-in; hidden where not said. */
  signin?: Form
  /** How one comes that the author has hidden by its age; hidden where not said. */
  withheld?: Form
  /** How one comes of a suspended author; absent where not said. */
  suspended?: 'there'
}

type Holders = Partial<Record<Visibility | 'any', readonly Reader[] | keyof typeof groups>>

const everybody: readonly Reader[] = [
  ...(Object.keys(cells.public) as Relation[]),
  ...(['formerFollower', 'blocked', 'blocking', 'muting'] as const),
]
const groups = {
  everybody,
  unblocked: everybody.filter((reader) => reader !== 'blocked'),
  unhindered: everybody.filter((reader) => reader !== 'blocked' && reader !== 'muting'),
}

export { everybody }

interface Fixture {
  as: Readonly<Partial<Record<Reader, Relation>>>
  ways: Readonly<Record<string, Way | { like: string }>>
  elsewhere: Readonly<Record<string, readonly string[]>>
}

const read = JSON.parse(readFileSync(join(import.meta.dirname, 'ways.json'), 'utf8')) as Fixture

/** What each way of reading holds, written down apart from the code under test. */
export const ways: ReadonlyMap<string, Way> = new Map(
  Object.entries(read.ways).map(([name, way]) => [name, 'like' in way ? (read.ways[way.like] as Way) : way]),
)

/** Endpoints that answer with notes and are no such way, in groups named for why. */
export const elsewhere: readonly string[] = Object.values(read.elsewhere).flat()

/** A note of the author's as the table takes it. */
export interface Told {
  kind: Kind
  visibility: Visibility
}

/** What the reader is to this very note: who is answered by one note is a stranger to another. */
function relationTo({ kind }: Told, reader: Reader): Relation {
  if (kind !== 'answer' && reader === 'replyTarget') return 'stranger'
  return read.as[reader] ?? (reader as Relation)
}

/** Whether the table of cases lets this reader see the note. */
export const mayRead = (note: Told, reader: Reader): boolean => cells[note.visibility][relationTo(note, reader)]

/** Whether the list holds the note for this reader, as far as there is no more to say about it. */
export function isHeld(way: Way, note: Told, reader: Reader): boolean {
  if (note.kind !== (way.of ?? note.kind)) return false
  const holders = note.kind === 'answer' && way.answer ? way.answer : way.for
  return [holders.any, holders[note.visibility]].some((some) =>
    (typeof some === 'string' ? groups[some] : (some ?? [])).includes(reader),
  )
}
