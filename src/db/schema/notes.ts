import type { Generated } from 'kysely'
import type { Visibility } from '../../lib/visibility.ts'
import type { Json } from './json.ts'

export type ReactionAcceptance =
  | 'likeOnly'
  | 'likeOnlyForRemote'
  | 'nonSensitiveOnly'
  | 'nonSensitiveOnlyForLocalLikeOnlyForRemote'

export interface NoteTable {
  id: string
  userId: string
  visibility: Visibility
  text: string | null
  cw: string | null
  localOnly: boolean
  reactionAcceptance: ReactionAcceptance | null
  replyId: string | null
  /** Author of the note it replies to: kept here, for lists ask for it on every row and the target may be gone. */
  replyUserId: string | null
  renoteId: string | null
  renoteUserId: string | null
  /** Root of the reply chain; its own id for a root. */
  threadId: string
  /** Renotes without anything of their own. */
  isPureRenote: boolean
  tags: Json<string[]>
  /** Ids of the mentioned people, in order. */
  mentions: Json<string[]>
  /** Ids of the people a `specified` note is for. */
  visibleUserIds: Json<string[]>
  /** Ids of the attached drive files, in order. */
  fileIds: Json<string[]>
  hasFiles: boolean
  hasPoll: boolean
  repliesCount: Generated<number>
  renoteCount: Generated<number>
  clippedCount: Generated<number>
}

/** People a note concerns beside its author, for questions that start from the person. */
export interface NoteAddresseeTable {
  noteId: string
  userId: string
  isMentioned: boolean
  isRecipient: boolean
}

export interface PollTable {
  noteId: string
  multiple: boolean
  expiresAt: number | null
}

export interface PollChoiceTable {
  noteId: string
  position: number
  text: string
  votes: Generated<number>
}
