import { bodyOf } from '../api/expect.ts'
import { post } from '../api/note-actions.ts'
import { makeRole } from '../api/roles.ts'
import type { Person, TestServer } from '../server.ts'

/** What there is to ask lists about. */
interface Listed {
  noteId: string
  listId: string
  channelId: string
  clipId: string
  antennaId: string
  roleId: string
}

/** Makes one of each, with something in it. */
export async function fillLists(server: TestServer): Promise<Listed> {
  const { admin, alice, bob } = server
  const roleId = await makeRole(server)
  const made = async (path: string, params: object) => bodyOf(await server.call(path, params, alice)).id as string
  const channelId = await made('channels/create', { name: 'channel' })
  const clipId = await made('clips/create', { name: 'clip', isPublic: true })
  const listId = await made('users/lists/create', { name: 'list' })
  const words = { keywords: [['tag']], excludeKeywords: [], users: [], caseSensitive: false, withReplies: true }
  const antennaId = await made('antennas/create', { name: 'antenna', src: 'all', withFile: false, ...words })
  bodyOf(await server.call('following/create', { userId: bob.id }, alice))
  const poll = { choices: ['a', 'b'], multiple: true }
  const { id: noteId } = await post(server, alice, { text: '#tag', poll })
  await post(server, bob, { text: '@alice in answer', replyId: noteId, channelId })
  for (const [path, params, as] of [
    ['admin/roles/update-default-policies', { policies: { canSearchNotes: true } }, admin],
    ['notes/reactions/create', { noteId, reaction: '👍' }, bob],
    ['notes/favorites/create', { noteId }, alice],
    ['clips/add-note', { clipId, noteId }, alice],
    ['clips/favorite', { clipId }, alice],
    ['channels/follow', { channelId }, alice],
    ['channels/favorite', { channelId }, alice],
    ['users/lists/push', { listId, userId: bob.id }, alice],
    ['mute/create', { userId: server.carol.id }, alice],
    ['renote-mute/create', { userId: server.carol.id }, alice],
    ['admin/roles/assign', { roleId, userId: bob.id }, admin],
    ['i/update', { description: '#tag' }, alice],
    ['i/pin', { noteId }, alice],
  ] as const) {
    const { status, body } = await server.call(path, params, as)
    if (status >= 300) throw new Error(`${path}: ${JSON.stringify(body)}`)
  }
  bodyOf(await server.call('blocking/create', { userId: admin.id }, alice))
  return { noteId, listId, channelId, clipId, antennaId, roleId }
}

type Call = [path: string, params: object, as?: Person | null]

/** Every list there is, with the parameters that make other statements of it, and what pages ask for beside lists. */
export function listCalls({ admin, alice, bob }: TestServer, listed: Listed): Call[] {
  const { noteId, listId, channelId, clipId, antennaId, roleId } = listed
  const of = { userId: alice.id }
  return [
    ['i', {}],
    ['users/show', of],
    ['users/show', { username: 'bob' }],
    ['notes/show', { noteId }],
    ['notes/timeline', {}],
    ['notes/timeline', { sinceId: '0' }],
    ['notes/hybrid-timeline', {}],
    ['notes/local-timeline', {}],
    ['notes/local-timeline', { sinceId: '0' }, null],
    ['notes/local-timeline', { withFiles: true }],
    ['notes/timeline', { withFiles: true }],
    ['notes/global-timeline', {}],
    ['notes/user-list-timeline', { listId }],
    ['channels/timeline', { channelId }],
    ['antennas/notes', { antennaId }],
    ['users/notes', of],
    ['users/notes', { ...of, withFiles: true }],
    ['notes', { poll: true }],
    ['notes', { withFiles: true, local: true }],
    ['notes', {}, null],
    ['notes/replies', { noteId }],
    ['notes/children', { noteId }],
    ['notes/renotes', { noteId }],
    ['notes/conversation', { noteId }],
    ['notes/reactions', { noteId }],
    ['notes/reactions', { noteId, type: '👍' }],
    ['notes/clips', { noteId }],
    ['notes/state', { noteId }],
    ['notes/show-partial-bulk', { noteIds: [noteId] }],
    ['notes/mentions', {}],
    ['notes/featured', {}],
    ['notes/featured', { channelId }],
    ['users/featured-notes', of],
    ['users/reactions', of],
    ['notes/search-by-tag', { tag: 'tag' }],
    ['notes/search-by-tag', { query: [['tag', 'other']] }],
    ['notes/search', { query: 'answer' }],
    ['notes/search', { query: 'answer', userId: bob.id }],
    ['notes/search', { query: 'answer', channelId }],
    ['hashtags/list', { sort: '+mentionedUsers' }],
    ['hashtags/list', { sort: '-attachedUsers', attachedToUserOnly: true }],
    ['hashtags/search', { query: 't' }],
    ['hashtags/show', { tag: 'tag' }],
    ['hashtags/trend', {}],
    ['hashtags/users', { tag: 'tag', sort: '+follower' }],
    ['users', { sort: '+follower' }],
    ['users', { state: 'alive', sort: '+createdAt' }],
    ['users', { sort: '+updatedAt', state: 'alive', origin: 'local' }],
    ['users/search', { query: 'alice' }],
    ['users/search', { query: '@al', detail: false }],
    ['users/search-by-username-and-host', { username: 'al' }],
    ['users/search-by-username-and-host', { username: 'al', detail: false }, null],
    ['users/relation', { userId: bob.id }],
    ['users/followers', of],
    ['users/following', of],
    ['users/following', { ...of, birthday: '2000-01-01' }],
    ['following/requests/list', {}],
    ['following/requests/sent', {}],
    ['blocking/list', {}],
    ['mute/list', {}],
    ['renote-mute/list', {}],
    ['users/clips', of],
    ['clips/list', {}],
    ['clips/my-favorites', {}],
    ['clips/notes', { clipId }],
    ['clips/notes', { clipId, search: 'tag' }],
    ['users/lists/list', {}],
    ['users/lists/get-memberships', { listId }],
    ['antennas/list', {}],
    ['channels/featured', {}],
    ['channels/followed', {}],
    ['channels/my-favorites', {}],
    ['channels/owned', {}],
    ['channels/search', { query: 'channel' }],
    ['drive/files', {}],
    ['drive/files', { type: 'image/*', sort: '+size' }],
    ['drive/files/find', { name: 'file' }],
    ['drive/files/find-by-hash', { md5: '0'.repeat(32) }],
    ['drive/folders', {}],
    ['drive/folders/find', { name: 'folder' }],
    ['drive/stream', {}],
    ['i/favorites', {}],
    ['i/notifications', { markAsRead: false }, alice],
    ['i/notifications-grouped', { markAsRead: false }],
    ['i/apps', {}],
    ['i/authorized-apps', {}],
    ['my/apps', {}],
    ['announcements', {}],
    ['roles/list', {}],
    ['roles/users', { roleId }],
    ['admin/roles/list', {}, admin],
    ['admin/roles/users', { roleId }, admin],
    ['admin/emoji/list', {}, admin],
    ['admin/emoji/list', { query: 'a' }, admin],
  ]
}
