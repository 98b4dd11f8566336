import createAccount from './admin/accounts/create.ts'
import addEmoji from './admin/emoji/add.ts'
import deleteEmoji from './admin/emoji/delete.ts'
import listEmojis from './admin/emoji/list.ts'
import updateEmoji from './admin/emoji/update.ts'
import createInvitations from './admin/invite/create.ts'
import announcements from './announcements.ts'
import createApp from './app/create.ts'
import showApp from './app/show.ts'
import acceptAuth from './auth/accept.ts'
import generateAuthSession from './auth/session/generate.ts'
import showAuthSession from './auth/session/show.ts'
import authSessionUserkey from './auth/session/userkey.ts'
import emoji from './emoji.ts'
import emojis from './emojis.ts'
import type { Endpoint } from './endpoint.ts'
import endpoint from './endpoint-info.ts'
import endpointNames from './endpoints.ts'
import createFollowing from './following/create.ts'
import deleteFollowing from './following/delete.ts'
import apps from './i/apps.ts'
import authorizedApps from './i/authorized-apps.ts'
import favorites from './i/favorites.ts'
import revokeToken from './i/revoke-token.ts'
import i from './i.ts'
import createInvitation from './invite/create.ts'
import meta from './meta.ts'
import genToken from './miauth/gen-token.ts'
import myApps from './my/apps.ts'
import createNote from './notes/create.ts'
import deleteNote from './notes/delete.ts'
import createFavorite from './notes/favorites/create.ts'
import deleteFavorite from './notes/favorites/delete.ts'
import globalTimeline from './notes/global-timeline.ts'
import hybridTimeline from './notes/hybrid-timeline.ts'
import localTimeline from './notes/local-timeline.ts'
import vote from './notes/polls/vote.ts'
import createReaction from './notes/reactions/create.ts'
import deleteReaction from './notes/reactions/delete.ts'
import reactions from './notes/reactions.ts'
import showNote from './notes/show.ts'
import noteState from './notes/state.ts'
import createThreadMuting from './notes/thread-muting/create.ts'
import deleteThreadMuting from './notes/thread-muting/delete.ts'
import timeline from './notes/timeline.ts'
import unrenote from './notes/unrenote.ts'
import ping from './ping.ts'
import resetDb from './reset-db.ts'
import usernameAvailable from './username/available.ts'
import userNotes from './users/notes.ts'
import userReactions from './users/reactions.ts'
import showUser from './users/show.ts'

/** Every endpoint, by path. Written by hand, so that a search for a name finds it. */
export const endpoints = [
  createAccount,
  addEmoji,
  deleteEmoji,
  listEmojis,
  updateEmoji,
  createInvitations,
  announcements,
  createApp,
  showApp,
  acceptAuth,
  generateAuthSession,
  showAuthSession,
  authSessionUserkey,
  emoji,
  emojis,
  endpoint,
  endpointNames,
  createFollowing,
  deleteFollowing,
  i,
  apps,
  authorizedApps,
  favorites,
  revokeToken,
  createInvitation,
  meta,
  genToken,
  myApps,
  createNote,
  deleteNote,
  createFavorite,
  deleteFavorite,
  globalTimeline,
  hybridTimeline,
  localTimeline,
  vote,
  reactions,
  createReaction,
  deleteReaction,
  showNote,
  noteState,
  createThreadMuting,
  deleteThreadMuting,
  timeline,
  unrenote,
  ping,
  resetDb,
  usernameAvailable,
  userNotes,
  userReactions,
  showUser,
] as const

/** The same, to look one up. */
export const endpointsByPath: ReadonlyMap<string, Endpoint> = new Map(
  endpoints.map((record) => [record.path, record as Endpoint]),
)
