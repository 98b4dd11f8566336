import type { HashtagRow } from '../db/queries/hashtags.ts'
import type { Hashtag } from './schema/hashtag.ts'

/** A hashtag with how many people use it. All of them are of this server. */
export const showHashtag = ({ name, mentionedUsersCount, attachedUsersCount }: HashtagRow): Hashtag => ({
  tag: name,
  mentionedUsersCount,
  mentionedLocalUsersCount: mentionedUsersCount,
  mentionedRemoteUsersCount: 0,
  attachedUsersCount,
  attachedLocalUsersCount: attachedUsersCount,
  attachedRemoteUsersCount: 0,
})
