import type {
  AccessTokenTable,
  AppTable,
  AuthorizationCodeTable,
  AuthSessionTable,
  ConsentTable,
  GrantTable,
  SessionTable,
} from './access.ts'
import type {
  AntennaNoteTable,
  AntennaTable,
  ChannelFavoriteTable,
  ChannelFollowingTable,
  ChannelTable,
  ClipFavoriteTable,
  ClipNoteTable,
  ClipTable,
  ListMemberTable,
  UserListTable,
} from './collections.ts'
import type { DriveFileTable, DriveFolderTable, NoteFileTable } from './drive.ts'
import type {
  FanoutTable,
  FavoriteTable,
  HashtagTable,
  HashtagTrendTable,
  HashtagUserTable,
  HashtagUseTable,
  HomeFloorTable,
  HomeTable,
  NoteAddresseeTable,
  NoteScoreTable,
  NoteTable,
  NoteTagTable,
  PinTable,
  PollChoiceTable,
  PollTable,
  PollVoteTable,
  ReactionCountTable,
  ReactionTable,
  ThreadMutingTable,
} from './notes.ts'
import type {
  AbuseReportTable,
  AccountTable,
  BlockingTable,
  FollowingTable,
  FollowRequestTable,
  InvitationTable,
  MutingTable,
  RenoteMutingTable,
  RoleAssignmentTable,
  RoleTable,
  UsedUsernameTable,
  UserMemoTable,
  UserTable,
} from './people.ts'
import type { SearchCursorTable, SearchNoteTable, SearchUserQueueTable, SearchUserTable } from './search.ts'
import type {
  AnnouncementReadTable,
  AnnouncementTable,
  EmojiTable,
  JobTable,
  NotificationTable,
  PushSubscriptionTable,
  RepeatableTable,
  SettingTable,
} from './server.ts'

/** Every table by name. `docs/contribute/data-model.md` says why each is shaped so. */
export interface Tables {
  user: UserTable
  account: AccountTable
  usedUsername: UsedUsernameTable
  following: FollowingTable
  invitation: InvitationTable
  session: SessionTable
  grant: GrantTable
  accessToken: AccessTokenTable
  authorizationCode: AuthorizationCodeTable
  app: AppTable
  authSession: AuthSessionTable
  consent: ConsentTable
  note: NoteTable
  noteAddressee: NoteAddresseeTable
  poll: PollTable
  pollChoice: PollChoiceTable
  setting: SettingTable
  announcement: AnnouncementTable
  announcementRead: AnnouncementReadTable
  emoji: EmojiTable
  followRequest: FollowRequestTable
  blocking: BlockingTable
  muting: MutingTable
  renoteMuting: RenoteMutingTable
  userMemo: UserMemoTable
  abuseReport: AbuseReportTable
  role: RoleTable
  roleAssignment: RoleAssignmentTable
  channel: ChannelTable
  channelFollowing: ChannelFollowingTable
  channelFavorite: ChannelFavoriteTable
  reaction: ReactionTable
  reactionCount: ReactionCountTable
  pollVote: PollVoteTable
  favorite: FavoriteTable
  pin: PinTable
  threadMuting: ThreadMutingTable
  home: HomeTable
  homeFloor: HomeFloorTable
  fanout: FanoutTable
  noteTag: NoteTagTable
  hashtag: HashtagTable
  hashtagUser: HashtagUserTable
  noteScore: NoteScoreTable
  hashtagUse: HashtagUseTable
  hashtagTrend: HashtagTrendTable
  userList: UserListTable
  listMember: ListMemberTable
  antenna: AntennaTable
  antennaNote: AntennaNoteTable
  clip: ClipTable
  clipNote: ClipNoteTable
  clipFavorite: ClipFavoriteTable
  driveFile: DriveFileTable
  driveFolder: DriveFolderTable
  noteFile: NoteFileTable
  notification: NotificationTable
  pushSubscription: PushSubscriptionTable
  job: JobTable
  repeatable: RepeatableTable
  searchCursor: SearchCursorTable
  searchNote: SearchNoteTable
  searchUser: SearchUserTable
  searchUserQueue: SearchUserQueueTable
}
