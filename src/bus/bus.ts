/**
 * What one process tells the others (and itself) after a commit. Events carry ids, never content: a listener that needs
 * more reads the database, so that nobody is shown what they may no longer see.
 */
export type BusEvent =
  | { type: 'note'; id: string; userId: string }
  | { type: 'noteDeleted'; id: string; userId: string }
  /** A person's row changed. */
  | { type: 'user'; id: string }
  | { type: 'tokenRevoked'; digest: string }
  | { type: 'sessionEnded'; digest: string; userId: string }
  /** The server's settings changed. */
  | { type: 'settings' }
  /** There is a note to send to many home timelines. */
  | { type: 'fanout' }
  /** There is work in the queue, now or later. */
  | { type: 'job' }
  /** The reaction is as stored: `:name:` for a custom emoji. */
  | { type: 'reacted' | 'unreacted'; noteId: string; userId: string; reaction: string }
  | { type: 'pollVoted'; noteId: string; userId: string; choice: number }
  | { type: 'notification'; id: string; userId: string }
  | { type: 'notificationsRead' | 'notificationsFlushed'; userId: string }
  /** The last announcement a person had not read. */
  | { type: 'announcementsRead'; userId: string }
  /** Somebody was put on a list, or taken off it. */
  | { type: 'listMember'; listId: string; userId: string; isMember: boolean }
  /** Somebody begins or ends to follow a channel. */
  | { type: 'channelFollowing'; channelId: string; userId: string; isFollowing: boolean }
  /** An antenna was made, changed, deleted, or read after long. */
  | { type: 'antenna'; id: string; userId: string }
  | { type: 'antennaNote'; antennaId: string; userId: string; noteId: string }
  /**
   * A block, a mute or a memo between two people was made or ended, or what one wants of their follow has changed. Null
   * for all people they follow.
   */
  | { type: 'relation'; fromId: string; toId: string | null }
  /** A request to follow was made, or has ended: by an answer, by being taken back or by a block. */
  | { type: 'followRequest'; followerId: string; followeeId: string; state: 'made' | 'accepted' | 'rejected' | 'ended' }
  /** Roles, or who has them, changed; of one person, or (null) of any. */
  | { type: 'roles'; userId: string | null }
  | { type: 'driveFile' | 'driveFolder'; id: string; userId: string; change: 'created' | 'updated' | 'deleted' }
  /** What somebody asked to be fetched is in their drive. */
  | { type: 'urlUploaded'; userId: string; fileId: string; marker: string | null }
  | { type: 'emojis'; change: 'added' | 'updated'; id: string }
  /** Told in full, for nobody can read it any more. A renamed one is deleted and added. */
  | { type: 'emojis'; change: 'deleted'; emoji: GoneEmoji }
  | { type: 'announcement'; id: string; userId: string | null }
  | { type: 'followed'; followerId: string; followeeId: string }
  | { type: 'unfollowed'; followerId: string; followeeId: string }
  /** Events may have been lost: whatever was remembered because no event had said otherwise must be forgotten. */
  | { type: 'gap' }

/** A custom emoji that was: everybody could see it. */
export interface GoneEmoji {
  id: string
  name: string
  category: string | null
  aliases: string[]
  url: string
  license: string | null
  localOnly: boolean
  isSensitive: boolean
  roleIds: string[]
}

export type BusListener = (event: BusEvent) => void

/** Told what a listener threw; the other listeners get the event all the same. */
export type BusErrorHandler = (error: unknown, event: BusEvent) => void

export interface Bus {
  /**
   * Tells every listener of this process before it returns (or after the event being delivered, when a listener
   * publishes), and the other processes soon after. Never throws and never waits for the network.
   */
  publish(event: BusEvent): void
  /** Listeners are called in the order they came, each event to its end before the next. Returns the way to leave. */
  subscribe(listener: BusListener): () => void
  /** Ends deliveries and connections; publishing afterwards does nothing. */
  close(): Promise<void>
}

/** The part of a logger the bus uses. */
export interface BusLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
