import createAccount from './admin/accounts/create.ts'
import addEmoji from './admin/emoji/add.ts'
import deleteEmoji from './admin/emoji/delete.ts'
import listEmojis from './admin/emoji/list.ts'
import updateEmoji from './admin/emoji/update.ts'
import createInvitations from './admin/invite/create.ts'
import assignRole from './admin/roles/assign.ts'
import createRole from './admin/roles/create.ts'
import deleteRole from './admin/roles/delete.ts'
import listRoles from './admin/roles/list.ts'
import showAnyRole from './admin/roles/show.ts'
import unassignRole from './admin/roles/unassign.ts'
import updateRole from './admin/roles/update.ts'
import updateDefaultPolicies from './admin/roles/update-default-policies.ts'
import roleMembers from './admin/roles/users.ts'
import suspendUser from './admin/suspend-user.ts'
import unsuspendUser from './admin/unsuspend-user.ts'
import announcements from './announcements.ts'
import createAntenna from './antennas/create.ts'
import deleteAntenna from './antennas/delete.ts'
import antennas from './antennas/list.ts'
import antennaNotes from './antennas/notes.ts'
import showAntenna from './antennas/show.ts'
import updateAntenna from './antennas/update.ts'
import createApp from './app/create.ts'
import showApp from './app/show.ts'
import acceptAuth from './auth/accept.ts'
import generateAuthSession from './auth/session/generate.ts'
import showAuthSession from './auth/session/show.ts'
import authSessionUserkey from './auth/session/userkey.ts'
import createBlocking from './blocking/create.ts'
import deleteBlocking from './blocking/delete.ts'
import listBlockings from './blocking/list.ts'
import createChannel from './channels/create.ts'
import favoriteChannel from './channels/favorite.ts'
import featuredChannels from './channels/featured.ts'
import followChannel from './channels/follow.ts'
import followedChannels from './channels/followed.ts'
import favoriteChannels from './channels/my-favorites.ts'
import ownedChannels from './channels/owned.ts'
import searchChannels from './channels/search.ts'
import showChannel from './channels/show.ts'
import channelTimeline from './channels/timeline.ts'
import unfavoriteChannel from './channels/unfavorite.ts'
import unfollowChannel from './channels/unfollow.ts'
import updateChannel from './channels/update.ts'
import clipNote from './clips/add-note.ts'
import createClip from './clips/create.ts'
import deleteClip from './clips/delete.ts'
import favoriteClip from './clips/favorite.ts'
import clips from './clips/list.ts'
import favoriteClips from './clips/my-favorites.ts'
import clipNotes from './clips/notes.ts'
import unclipNote from './clips/remove-note.ts'
import showClip from './clips/show.ts'
import unfavoriteClip from './clips/unfavorite.ts'
import updateClip from './clips/update.ts'
import chatMessagesWithFile from './drive/files/attached-chat-messages.ts'
import notesWithFile from './drive/files/attached-notes.ts'
import checkFileExistence from './drive/files/check-existence.ts'
import createFile from './drive/files/create.ts'
import deleteFile from './drive/files/delete.ts'
import findFiles from './drive/files/find.ts'
import findFilesByHash from './drive/files/find-by-hash.ts'
import moveFiles from './drive/files/move-bulk.ts'
import showFile from './drive/files/show.ts'
import updateFile from './drive/files/update.ts'
import uploadFromUrl from './drive/files/upload-from-url.ts'
import driveFiles from './drive/files.ts'
import createFolder from './drive/folders/create.ts'
import deleteFolder from './drive/folders/delete.ts'
import findFolders from './drive/folders/find.ts'
import showFolder from './drive/folders/show.ts'
import updateFolder from './drive/folders/update.ts'
import driveFolders from './drive/folders.ts'
import driveStream from './drive/stream.ts'
import drive from './drive.ts'
import emoji from './emoji.ts'
import emojis from './emojis.ts'
import type { Endpoint } from './endpoint.ts'
import endpoint from './endpoint-info.ts'
import endpointNames from './endpoints.ts'
import createFollowing from './following/create.ts'
import deleteFollowing from './following/delete.ts'
import invalidateFollowing from './following/invalidate.ts'
import acceptFollowRequest from './following/requests/accept.ts'
import cancelFollowRequest from './following/requests/cancel.ts'
import listFollowRequests from './following/requests/list.ts'
import rejectFollowRequest from './following/requests/reject.ts'
import sentFollowRequests from './following/requests/sent.ts'
import updateFollowing from './following/update.ts'
import updateAllFollowings from './following/update-all.ts'
import getOnlineUsersCount from './get-online-users-count.ts'
import hashtagList from './hashtags/list.ts'
import searchHashtags from './hashtags/search.ts'
import showHashtag from './hashtags/show.ts'
import hashtagTrend from './hashtags/trend.ts'
import hashtagUsers from './hashtags/users.ts'
import apps from './i/apps.ts'
import authorizedApps from './i/authorized-apps.ts'
import favorites from './i/favorites.ts'
import notifications from './i/notifications.ts'
import groupedNotifications from './i/notifications-grouped.ts'
import pin from './i/pin.ts'
import readAnnouncement from './i/read-announcement.ts'
import revokeToken from './i/revoke-token.ts'
import unpin from './i/unpin.ts'
import updateProfile from './i/update.ts'
import i from './i.ts'
import createInvitation from './invite/create.ts'
import meta from './meta.ts'
import genToken from './miauth/gen-token.ts'
import createMute from './mute/create.ts'
import deleteMute from './mute/delete.ts'
import listMutes from './mute/list.ts'
import myApps from './my/apps.ts'
import noteChildren from './notes/children.ts'
import noteClips from './notes/clips.ts'
import conversation from './notes/conversation.ts'
import createNote from './notes/create.ts'
import deleteNote from './notes/delete.ts'
import createFavorite from './notes/favorites/create.ts'
import deleteFavorite from './notes/favorites/delete.ts'
import featuredNotes from './notes/featured.ts'
import globalTimeline from './notes/global-timeline.ts'
import hybridTimeline from './notes/hybrid-timeline.ts'
import localTimeline from './notes/local-timeline.ts'
import mentions from './notes/mentions.ts'
import vote from './notes/polls/vote.ts'
import createReaction from './notes/reactions/create.ts'
import deleteReaction from './notes/reactions/delete.ts'
import reactions from './notes/reactions.ts'
import renotes from './notes/renotes.ts'
import replies from './notes/replies.ts'
import searchNotes from './notes/search.ts'
import searchByTag from './notes/search-by-tag.ts'
import showNote from './notes/show.ts'
import showPartialNotes from './notes/show-partial-bulk.ts'
import noteState from './notes/state.ts'
import createThreadMuting from './notes/thread-muting/create.ts'
import deleteThreadMuting from './notes/thread-muting/delete.ts'
import timeline from './notes/timeline.ts'
import unrenote from './notes/unrenote.ts'
import userListTimeline from './notes/user-list-timeline.ts'
import publicNotes from './notes.ts'
import createNotification from './notifications/create.ts'
import flushNotifications from './notifications/flush.ts'
import markNotificationsRead from './notifications/mark-all-as-read.ts'
import testNotification from './notifications/test-notification.ts'
import ping from './ping.ts'
import createRenoteMute from './renote-mute/create.ts'
import deleteRenoteMute from './renote-mute/delete.ts'
import listRenoteMutes from './renote-mute/list.ts'
import resetDb from './reset-db.ts'
import publicRoles from './roles/list.ts'
import showRole from './roles/show.ts'
import publicRoleMembers from './roles/users.ts'
import stats from './stats.ts'
import registerPush from './sw/register.ts'
import showPushRegistration from './sw/show-registration.ts'
import unregisterPush from './sw/unregister.ts'
import updatePushRegistration from './sw/update-registration.ts'
import usernameAvailable from './username/available.ts'
import userClips from './users/clips.ts'
import featuredNotesOfUser from './users/featured-notes.ts'
import userFollowers from './users/followers.ts'
import userFollowing from './users/following.ts'
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
import userReactions from './users/reactions.ts'
import userRelation from './users/relation.ts'
import reportAbuse from './users/report-abuse.ts'
import searchUsers from './users/search.ts'
import searchUsersByName from './users/search-by-username-and-host.ts'
import showUser from './users/show.ts'
import updateMemo from './users/update-memo.ts'
import users from './users.ts'

/** Every endpoint, by path. Written by hand, so that a search for a name finds it. */
export const endpoints = [
  createAccount,
  addEmoji,
  deleteEmoji,
  listEmojis,
  updateEmoji,
  createInvitations,
  assignRole,
  createRole,
  deleteRole,
  listRoles,
  showAnyRole,
  unassignRole,
  updateRole,
  updateDefaultPolicies,
  roleMembers,
  suspendUser,
  unsuspendUser,
  announcements,
  createAntenna,
  deleteAntenna,
  antennas,
  antennaNotes,
  showAntenna,
  updateAntenna,
  createApp,
  showApp,
  acceptAuth,
  generateAuthSession,
  showAuthSession,
  authSessionUserkey,
  createBlocking,
  deleteBlocking,
  listBlockings,
  createChannel,
  favoriteChannel,
  featuredChannels,
  followChannel,
  followedChannels,
  favoriteChannels,
  ownedChannels,
  searchChannels,
  showChannel,
  channelTimeline,
  unfavoriteChannel,
  unfollowChannel,
  updateChannel,
  clipNote,
  createClip,
  deleteClip,
  favoriteClip,
  clips,
  favoriteClips,
  clipNotes,
  unclipNote,
  showClip,
  unfavoriteClip,
  updateClip,
  drive,
  driveFiles,
  chatMessagesWithFile,
  notesWithFile,
  checkFileExistence,
  createFile,
  deleteFile,
  findFiles,
  findFilesByHash,
  moveFiles,
  showFile,
  updateFile,
  uploadFromUrl,
  driveFolders,
  createFolder,
  deleteFolder,
  findFolders,
  showFolder,
  updateFolder,
  driveStream,
  emoji,
  emojis,
  endpoint,
  endpointNames,
  createFollowing,
  deleteFollowing,
  invalidateFollowing,
  acceptFollowRequest,
  cancelFollowRequest,
  listFollowRequests,
  rejectFollowRequest,
  sentFollowRequests,
  updateFollowing,
  updateAllFollowings,
  getOnlineUsersCount,
  hashtagList,
  searchHashtags,
  showHashtag,
  hashtagTrend,
  hashtagUsers,
  i,
  apps,
  authorizedApps,
  favorites,
  notifications,
  groupedNotifications,
  pin,
  readAnnouncement,
  revokeToken,
  unpin,
  updateProfile,
  createInvitation,
  meta,
  genToken,
  createMute,
  deleteMute,
  listMutes,
  myApps,
  publicNotes,
  noteChildren,
  noteClips,
  conversation,
  createNote,
  deleteNote,
  createFavorite,
  deleteFavorite,
  featuredNotes,
  globalTimeline,
  hybridTimeline,
  localTimeline,
  mentions,
  vote,
  reactions,
  createReaction,
  deleteReaction,
  renotes,
  replies,
  searchNotes,
  searchByTag,
  showNote,
  showPartialNotes,
  noteState,
  createThreadMuting,
  deleteThreadMuting,
  timeline,
  unrenote,
  userListTimeline,
  createNotification,
  flushNotifications,
  markNotificationsRead,
  testNotification,
  ping,
  createRenoteMute,
  deleteRenoteMute,
  listRenoteMutes,
  resetDb,
  publicRoles,
  showRole,
  publicRoleMembers,
  stats,
  registerPush,
  showPushRegistration,
  unregisterPush,
  updatePushRegistration,
  usernameAvailable,
  users,
  userClips,
  featuredNotesOfUser,
  userFollowers,
  userFollowing,
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
  userReactions,
  userRelation,
  reportAbuse,
  searchUsers,
  searchUsersByName,
  showUser,
  updateMemo,
] as const

/** The same, to look one up. */
export const endpointsByPath: ReadonlyMap<string, Endpoint> = new Map(
  endpoints.map((record) => [record.path, record as Endpoint]),
)
