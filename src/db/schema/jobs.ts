/** The kinds of work that can be done later, and what each has to be told. */
export interface JobData {
  /** Somebody has unlocked their account: all who have asked to follow them are let in. */
  acceptRequests: {
    userId: string
  }
  /** Stored content that belongs to no file any more. */
  removeContent: { keys: string[] }
  /** A file to be fetched into somebody's drive. */
  uploadFromUrl: UrlUpload
  /** Many followers of a note's author want to be told of it. */
  notifyFollowers: {
    noteId: string
    /** The follow up to which they were told. */
    after?: string
  }
  /** A poll is over: its author and its voters are to be told. */
  pollEnded: {
    noteId: string
    /** The last voter who was told. */
    after?: string
  }
  /** A device is to be told of a notification. */
  push: {
    subscriptionId: string
    /** Null for that everything was read. */
    notificationId: string | null
  }
}

export interface UrlUpload {
  userId: string
  url: string
  folderId: string | null
  isSensitive: boolean
  comment: string | null
  force: boolean
  /** What the caller knows it by, told with the file. */
  marker: string | null
}

export type JobKind = keyof JobData
