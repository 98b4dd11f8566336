import { type Expression, sql } from 'kysely'
import type { Parameters } from '../prepared.ts'
import type { Condition } from './note-lists.ts'

/** Whether notes must have something, must not, or may. */
export type Wish = 'yes' | 'no' | 'any'

export interface NoteWishes {
  reply: Wish
  renote: Wish
  poll: Wish
  files: Wish
}

/** What a caller says, or does not say, as a wish. */
export const wishOf = (asked: boolean | null | undefined): Wish => (asked == null ? 'any' : asked ? 'yes' : 'no')

const wished = (wish: Expression<Wish>, has: Condition): Condition =>
  sql`(${wish} = 'any' or (${has}) = (${wish} = 'yes'))`

export const wishedFor = (p: Parameters<NoteWishes>): Condition[] => [
  wished(p.reply, sql`"note"."replyId" is not null`),
  wished(p.renote, sql`"note"."renoteId" is not null`),
  wished(p.poll, sql`"note"."hasPoll"`),
  wished(p.files, sql`"note"."hasFiles"`),
]
