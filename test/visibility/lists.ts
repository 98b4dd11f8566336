import type { Person, World } from './cast.ts'

/** What is known to every list that is asked: each takes what it knows. */
export const lists: Readonly<Record<string, (world: World, reader: Person) => object>> = {
  'notes/timeline': () => ({}),
  'notes/local-timeline': () => ({ withReplies: true }),
  'notes/hybrid-timeline': () => ({ withReplies: true }),
  'notes/global-timeline': () => ({}),
  'notes/user-list-timeline': (_, { listId }) => ({ listId }),
  'users/notes': ({ people }) => ({ userId: people.author.id, withReplies: true }),
  'channels/timeline': ({ channelId }) => ({ channelId }),
  'notes/search': () => ({ query: 'secret' }),
  'notes/search-by-tag': () => ({ tag: 'tagged' }),
  'notes/replies': ({ answered }) => ({ noteId: answered }),
  'notes/children': ({ answered }) => ({ noteId: answered }),
  'notes/mentions': () => ({}),
  'clips/notes': ({ clipId }) => ({ clipId }),
  'clips/notes with words': ({ clipId }) => ({ clipId, search: 'secret @mentioned' }),
  'antennas/notes by keyword': (_, { byKeyword }) => ({ antennaId: byKeyword }),
  'antennas/notes by user': (_, { byUser }) => ({ antennaId: byUser }),
  'i/favorites': () => ({}),
  'i/notifications': () => ({ markAsRead: false }),
  'i/notifications-grouped': () => ({ markAsRead: false }),
  'users/show': ({ people }) => ({ userId: people.author.id }),
  'users/reactions': ({ people }) => ({ userId: people.author.id }),
  notes: () => ({}),
  'notes/featured': () => ({}),
  'users/featured-notes': ({ people }) => ({ userId: people.author.id }),
}

/** Lists that anonymous readers are refused. */
export const forPeople: ReadonlySet<string> = new Set([
  'notes/timeline',
  'notes/hybrid-timeline',
  'notes/user-list-timeline',
  'notes/mentions',
  'antennas/notes by keyword',
  'antennas/notes by user',
  'i/favorites',
  'i/notifications',
  'i/notifications-grouped',
])
