import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const visibilities = ['public', 'home', 'followers', 'specified'] as const
export type Visibility = (typeof visibilities)[number]

/** What a viewer can be to a note. A direct reply is addressed to whom it answers, so a reply target may see it. */
export type Relation =
  | 'author'
  | 'follower'
  | 'mentioned'
  | 'recipient'
  | 'replyTarget'
  | 'stranger'
  | 'moderator'
  | 'anonymous'

/** Who may see what, written down apart from the code under test. */
export const cells = JSON.parse(readFileSync(join(import.meta.dirname, 'cells.json'), 'utf8')) as Readonly<
  Record<Visibility, Readonly<Record<Relation, boolean>>>
>
