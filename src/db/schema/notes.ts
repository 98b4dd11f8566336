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
  /** Author of what the renoted note replies to, and of what it renotes: mutes and blocks reach that far. */
  renoteReplyUserId: string | null
  renoteRenoteUserId: string | null
  channelId: string | null
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
  reactionCount: Generated<number>
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

export interface PollVoteTable {
  id: string
  noteId: string
  userId: string
  /** Position of the choice. */
  choice: number
}

/** One for each person and note. */
export interface ReactionTable {
  id: string
  noteId: string
  userId: string
  /** A Unicode emoji, or `:name:` of a custom one. */
  reaction: string
}

/** How many there are of each reaction to a note, so that showing it counts nothing. */
export interface ReactionCountTable {
  noteId: string
  reaction: string
  count: number
}

export interface FavoriteTable {
  id: string
  userId: string
  noteId: string
}

/** Notes a person shows at the top of their page. */
export interface PinTable {
  id: string
  userId: string
  noteId: string
}

/** A conversation a person does not want to be told of. */
export interface ThreadMutingTable {
  id: string
  userId: string
  threadId: string
}

/**
 * What a reader's home timeline may hold, written at posting: whether it does is asked at reading. The note may be gone:
 * its row goes when the reader's oldest rows do.
 */
export interface HomeTable {
  readerId: string
  noteId: string
}

/** Above this note, `home` has all there is for a reader; below it, the timeline is read from the notes themselves. */
export interface HomeFloorTable {
  readerId: string
  noteId: string
}

/** Notes that are not yet in the home timelines of all followers of the author, and how far that has come. */
export interface FanoutTable {
  noteId: string
  userId: string
  channelId: string | null
  /** The last reader who has it; empty at the beginning. */
  after: Generated<string>
  /** Milliseconds until which a process works on it. */
  takenUntil: Generated<number>
}

/** Hashtags of notes, normalised, for questions that start from the tag. */
export interface NoteTagTable {
  tag: string
  noteId: string
}

export interface HashtagTable {
  name: string
  mentionedUsersCount: Generated<number>
  attachedUsersCount: Generated<number>
}

/** Who has used a hashtag, in a note or in their profile. */
export interface HashtagUserTable {
  tag: string
  userId: string
  kind: 'mentioned' | 'attached'
}

/** How popular a note was in one span of time, where: among all, among its author's, in its channel. */
export interface NoteScoreTable {
  noteId: string
  /** Empty for among all; else the id of the author, or of the channel. */
  place: string
  /** Milliseconds of the beginning of the span. */
  start: number
  score: number
}

/** That a person has used a hashtag in a span of time: each counts once in it. */
export interface HashtagUseTable {
  /** Milliseconds of its beginning. */
  start: number
  /** Milliseconds of its length. */
  span: number
  tag: string
  userId: string
}

/** How many people have used a hashtag in a span of time. */
export interface HashtagTrendTable {
  tag: string
  /** Milliseconds of its length. */
  span: number
  /** Milliseconds of its beginning. */
  start: number
  people: number
}
