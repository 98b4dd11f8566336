import { countTrend } from '../../db/queries/hashtag-trends.ts'
import { countTagUser, insertNoteTags } from '../../db/queries/hashtags.ts'
import { timeOfId } from '../../lib/id.ts'
import type { NoteEffect } from './effect.ts'

/** Files the note under its hashtags. What is not for everyone is no news about them. */
export const fileTags: NoteEffect = async ({ tx, note: { id, userId, tags, visibility } }) => {
  if (tags.length === 0) return
  await insertNoteTags(tx, id, tags)
  if (visibility !== 'public' && visibility !== 'home') return
  await countTagUser(tx, userId, tags, 'mentioned')
  await countTrend(tx, userId, tags, timeOfId(id))
}
