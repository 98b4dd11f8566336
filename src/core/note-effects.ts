import { countInChannel } from './note-effects/channel.ts'
import { collect } from './note-effects/collect.ts'
import { count } from './note-effects/count.ts'
import type { NoteEffect } from './note-effects/effect.ts'
import { endPoll } from './note-effects/end-poll.ts'
import { fileTags } from './note-effects/file-tags.ts'
import { notifyOfNote } from './note-effects/notify.ts'
import { sendHome } from './note-effects/send-home.ts'

/** What follows from a new note, in its own transaction, in this order. */
export const noteEffects: readonly NoteEffect[] = [
  count,
  countInChannel,
  fileTags,
  endPoll,
  sendHome,
  collect,
  notifyOfNote,
]
