import createAccount from './admin/accounts/create.ts'
import createInvitations from './admin/invite/create.ts'
import announcements from './announcements.ts'
import createApp from './app/create.ts'
import showApp from './app/show.ts'
import acceptAuth from './auth/accept.ts'
import generateAuthSession from './auth/session/generate.ts'
import showAuthSession from './auth/session/show.ts'
import authSessionUserkey from './auth/session/userkey.ts'
import emojis from './emojis.ts'
import type { Endpoint } from './endpoint.ts'
import endpoint from './endpoint-info.ts'
import endpointNames from './endpoints.ts'
import createFollowing from './following/create.ts'
import deleteFollowing from './following/delete.ts'
import apps from './i/apps.ts'
import authorizedApps from './i/authorized-apps.ts'
import notifications from './i/notifications.ts'
import groupedNotifications from './i/notifications-grouped.ts'
import pin from './i/pin.ts'
import readAnnouncement from './i/read-announcement.ts'
import revokeToken from './i/revoke-token.ts'
import unpin from './i/unpin.ts'
import i from './i.ts'
import createInvitation from './invite/create.ts'
import meta from './meta.ts'
import genToken from './miauth/gen-token.ts'
import myApps from './my/apps.ts'
import createNote from './notes/create.ts'
import deleteNote from './notes/delete.ts'
import globalTimeline from './notes/global-timeline.ts'
import hybridTimeline from './notes/hybrid-timeline.ts'
import localTimeline from './notes/local-timeline.ts'
import showNote from './notes/show.ts'
import timeline from './notes/timeline.ts'
import userListTimeline from './notes/user-list-timeline.ts'
import createNotification from './notifications/create.ts'
import flushNotifications from './notifications/flush.ts'
import markNotificationsRead from './notifications/mark-all-as-read.ts'
import testNotification from './notifications/test-notification.ts'
import ping from './ping.ts'
import resetDb from './reset-db.ts'
import usernameAvailable from './username/available.ts'
import createUserList from './users/lists/create.ts'
import deleteUserList from './users/lists/delete.ts'
import userListMemberships from './users/lists/get-memberships.ts'
import userLists from './users/lists/list.ts'
import pullFromUserList from './users/lists/pull.ts'
import pushToUserList from './users/lists/push.ts'
import showUserList from './users/lists/show.ts'
import updateUserList from './users/lists/update.ts'
import updateListMembership from './users/lists/update-membership.ts'
import userNotes from './users/notes.ts'
import showUser from './users/show.ts'

/** Every endpoint, by path. Written by hand, so that a search for a name finds it. */
export const endpoints = [
  createAccount,
  createInvitations,
  announcements,
  createApp,
  showApp,
  acceptAuth,
  generateAuthSession,
  showAuthSession,
  authSessionUserkey,
  emojis,
  endpoint,
  endpointNames,
  createFollowing,
  deleteFollowing,
  i,
  apps,
  authorizedApps,
  notifications,
  groupedNotifications,
  pin,
  readAnnouncement,
  revokeToken,
  unpin,
  createInvitation,
  meta,
  genToken,
  myApps,
  createNote,
  deleteNote,
  globalTimeline,
  hybridTimeline,
  localTimeline,
  showNote,
  timeline,
  userListTimeline,
  createNotification,
  flushNotifications,
  markNotificationsRead,
  testNotification,
  ping,
  resetDb,
  usernameAvailable,
  createUserList,
  deleteUserList,
  userListMemberships,
  userLists,
  pullFromUserList,
  pushToUserList,
  showUserList,
  updateUserList,
  updateListMembership,
  userNotes,
  showUser,
] as const

/** The same, to look one up. */
export const endpointsByPath: ReadonlyMap<string, Endpoint> = new Map(
  endpoints.map((record) => [record.path, record as Endpoint]),
)
