/** Notes up to this one are in the search index; empty for none. The one row. */
export interface SearchCursorTable {
  noteId: string
}

/** People whose entry in the search index is missing or out of date. Triggers fill it. */
export interface SearchUserQueueTable {
  userId: string
}

/** What the search index knows. The grams are beside it: a column on PostgreSQL, a full-text table on SQLite. */
export interface SearchNoteTable {
  noteId: string
}

export interface SearchUserTable {
  userId: string
}
