import { timeOfId } from './id.ts'
import type { Visibility } from './visibility.ts'

/** What an author wishes for their notes, however they were posted. */
export interface AuthorWishes {
  id: string
  requireSigninToViewContents: boolean
  /** Seconds, as `wasMadeBefore` takes them. */
  makeNotesFollowersOnlyBefore: number | null
  makeNotesHiddenBefore: number | null
}

interface OfNote {
  id: string
  visibility: Visibility
}

/** A note as it is now: an old one that was for everyone may be for followers by its author's wish. */
export function narrowed<N extends OfNote>(note: N, author: AuthorWishes, now: number): N {
  const isOpen = note.visibility === 'public' || note.visibility === 'home'
  const isOld = wasMadeBefore(note.id, author.makeNotesFollowersOnlyBefore, now)
  return isOpen && isOld ? { ...note, visibility: 'followers' } : note
}

/**
 * Whether a note is kept from a viewer by its author's wishes, whatever its visibility.
 * @param viewer null for an anonymous one
 */
export function isWithheld(note: OfNote, author: AuthorWishes, viewer: string | null, now: number): boolean {
  if (viewer === author.id) return false
  if (viewer === null && author.requireSigninToViewContents) return true
  return wasMadeBefore(note.id, author.makeNotesHiddenBefore, now)
}

/**
 * Whether a note was made before the moment that its author has set for their old notes.
 * @param limit seconds: up to 0, so many before now; above, since 1970; null when they have set none
 * @param now milliseconds since 1970
 */
function wasMadeBefore(id: string, limit: number | null, now: number): boolean {
  if (limit === null) return false
  return timeOfId(id) < (limit > 0 ? 0 : now) + limit * 1000
}
