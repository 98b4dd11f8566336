import type {
  AccessTokenTable,
  AppTable,
  AuthorizationCodeTable,
  AuthSessionTable,
  ConsentTable,
  GrantTable,
  SessionTable,
} from './access.ts'
import type { NoteAddresseeTable, NoteTable, PollChoiceTable, PollTable } from './notes.ts'
import type { AccountTable, FollowingTable, InvitationTable, UsedUsernameTable, UserTable } from './people.ts'
import type { AnnouncementReadTable, AnnouncementTable, EmojiTable, SettingTable } from './server.ts'

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
}
