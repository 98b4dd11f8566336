/**
 * Checked by the compiler alone: what this server shows fits the types that clients in TypeScript are written against.
 */
import type { Endpoints, entities } from 'misskey-js'
import type { Policies } from '../../src/config/policies.ts'
import type { Announcement } from '../../src/views/schema/announcement.ts'
import type { Antenna } from '../../src/views/schema/antenna.ts'
import type { App } from '../../src/views/schema/app.ts'
import type { Channel } from '../../src/views/schema/channel.ts'
import type { Clip } from '../../src/views/schema/clip.ts'
import type { DriveFile } from '../../src/views/schema/drive-file.ts'
import type { DriveFolder } from '../../src/views/schema/drive-folder.ts'
import type { EmojiDetailed, EmojiSimple } from '../../src/views/schema/emoji.ts'
import type { NoteFavorite } from '../../src/views/schema/favorite.ts'
import type { InviteCode } from '../../src/views/schema/invite-code.ts'
import type { MeDetailed } from '../../src/views/schema/me-detailed.ts'
import type { MetaDetailed, MetaLite } from '../../src/views/schema/meta.ts'
import type { Note } from '../../src/views/schema/note.ts'
import type { NotificationType } from '../../src/views/schema/notification-config.ts'
import type { NoteReaction, NoteReactionWithNote } from '../../src/views/schema/reaction.ts'
import type { Blocking, Following, Muting, RenoteMuting } from '../../src/views/schema/relations.ts'
import type { Role, RoleLite } from '../../src/views/schema/role.ts'
import type { UserDetailedNotMe } from '../../src/views/schema/user-detailed.ts'
import type { UserList } from '../../src/views/schema/user-list.ts'
import type { UserLite } from '../../src/views/schema/user-lite.ts'

/** The keys of ours that theirs does not know, which a misspelt optional key would be. */
type Fits<Ours extends Theirs, Theirs> = Exclude<keyof Ours, keyof Theirs>

type AreAll<Expected, T extends readonly Expected[]> = T

/**
 * misskey-js says `string[][]` here; the servers send a plain string for a regular expression, and its own client
 * expects one.
 */
type MutedWords = 'mutedWords' | 'hardMutedWords'

export type UnknownKeys = AreAll<
  never,
  [
    Fits<Announcement, entities.Announcement>,
    Fits<Antenna, entities.Antenna>,
    Fits<App, entities.App>,
    Fits<Channel, entities.Channel>,
    Fits<Clip, entities.Clip>,
    Fits<Blocking, entities.Blocking>,
    Fits<DriveFile, entities.DriveFile>,
    Fits<DriveFolder, entities.DriveFolder>,
    Fits<EmojiDetailed, entities.EmojiDetailed>,
    Fits<EmojiSimple, entities.EmojiSimple>,
    Fits<Following, entities.Following>,
    Fits<InviteCode, entities.InviteCode>,
    Fits<Omit<MeDetailed, MutedWords>, Omit<entities.MeDetailed, MutedWords>>,
    Fits<MetaDetailed, entities.MetaDetailed>,
    Fits<MetaLite, entities.MetaLite>,
    Fits<Muting, entities.Muting>,
    Fits<Note, entities.Note>,
    Fits<NoteFavorite, entities.NoteFavorite>,
    Fits<NoteReaction, entities.NoteReaction>,
    Fits<NoteReactionWithNote, Endpoints['users/reactions']['res'][number]>,
    Fits<Policies, entities.RolePolicies>,
    Fits<RenoteMuting, entities.RenoteMuting>,
    Fits<Role, entities.Role>,
    Fits<RoleLite, entities.RoleLite>,
    Fits<UserDetailedNotMe, entities.UserDetailedNotMe>,
    Fits<UserList, entities.UserList>,
    Fits<UserLite, entities.UserLite>,
  ]
>

/** Where `isFollowing` or `avatarId` is looked for, each form of a person must have or lack them. */
export type Forms = AreAll<
  never,
  [
    Extract<keyof UserLite, 'url' | 'avatarId' | 'isFollowing'>,
    Extract<keyof MeDetailed, 'isFollowing'>,
    Extract<keyof UserDetailedNotMe, 'avatarId'>,
  ]
>

/** Nothing of theirs is missing where a client looks everything up by name. */
export type MissingKeys = AreAll<
  never,
  [
    Exclude<keyof entities.RolePolicies, keyof Policies>,
    Exclude<keyof entities.MetaDetailed, keyof MetaDetailed>,
    Exclude<keyof entities.MeDetailed['notificationRecieveConfig'], NotificationType>,
  ]
>
