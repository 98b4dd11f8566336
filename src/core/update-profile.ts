import type { Policies } from '../config/policies.ts'
import type { Ctx } from '../context.ts'
import { countTagUser, uncountTagUser } from '../db/queries/hashtags.ts'
import { takeTurn } from '../db/queries/turns.ts'
import { updateAccount, updateUser, userById, usersByNames } from '../db/queries/users.ts'
import { toJson } from '../db/schema/json.ts'
import { areValidMutedWords, type MutedWords, sizeOfMutedWords } from '../lib/muted-words.ts'
import { extract, normaliseTag } from '../lib/note-text.ts'
import { later } from './later.ts'
import { type PictureFailure, picturesOf } from './profile-pictures.ts'

/** What others may see of a person that is kept as it is given. */
export interface PlainProfile {
  name: string | null
  location: string | null
  birthday: string | null
  lang: string | null
  followedMessage: string | null
  isLocked: boolean
  isExplorable: boolean
  hideOnlineStatus: boolean
  publicReactions: boolean
  requireSigninToViewContents: boolean
  makeNotesFollowersOnlyBefore: number | null
  makeNotesHiddenBefore: number | null
  isBot: boolean
  isCat: boolean
  followingVisibility: 'public' | 'followers' | 'private'
  followersVisibility: 'public' | 'followers' | 'private'
  chatScope: 'everyone' | 'following' | 'followers' | 'mutual' | 'none'
}

/** What only they see, kept as it is given. */
export interface PlainAccount {
  carefulBot: boolean
  autoAcceptFollowed: boolean
  noCrawle: boolean
  preventAiLearning: boolean
  injectFeaturedNote: boolean
  receiveAnnouncementEmail: boolean
  alwaysMarkNsfw: boolean
  autoSensitive: boolean
}

/** What a person changes of what is kept of them; what is left out stays. */
export interface ProfileChanges {
  profile: Partial<PlainProfile>
  account: Partial<PlainAccount>
  /** Ids of own files, or null for none. */
  avatarId?: string | null | undefined
  bannerId?: string | null | undefined
  description?: string | null | undefined
  fields?: readonly { name: string; value: string }[] | undefined
  mutedWords?: MutedWords | undefined
  hardMutedWords?: MutedWords | undefined
  mutedInstances?: readonly string[] | undefined
  notificationRecieveConfig?: object | undefined
  emailNotificationTypes?: readonly string[] | undefined
  /** As `@name` or `@name@host`. */
  alsoKnownAs?: readonly string[] | undefined
}

export type ProfileFailure =
  | PictureFailure
  | 'invalidRegexp'
  | 'tooManyMutedWords'
  | 'noSuchUser'
  | 'forbiddenToSetYourself'

/** Changes a person's profile and settings. Whoever unlocks their account lets everybody follow who has asked to. */
export async function updateProfile(
  ctx: Ctx,
  userId: string,
  policies: Pick<Policies, 'wordMuteLimit'>,
  changes: ProfileChanges,
): Promise<{ id: string } | ProfileFailure> {
  for (const words of [changes.mutedWords, changes.hardMutedWords]) {
    if (words && !areValidMutedWords(words)) return 'invalidRegexp'
    if (words && sizeOfMutedWords(words) > policies.wordMuteLimit) return 'tooManyMutedWords'
  }
  const aliases = changes.alsoKnownAs && (await aliasesOf(ctx, userId, changes.alsoKnownAs))
  if (typeof aliases === 'string') return aliases
  return ctx.transact(async (tx, afterCommit) => {
    // Of two changes at once, the second must see the hashtags of the first.
    await takeTurn(tx, `profile ${userId}`)
    const person = await userById(tx, userId)
    if (!person) return 'noSuchUser'
    const pictures = await picturesOf(tx, userId, changes)
    if (typeof pictures === 'string') return pictures
    const { description, fields } = changes
    const tags = description === undefined ? person.tags : tagsOf(description)
    await updateUser(tx, userId, {
      ...changes.profile,
      ...pictures,
      ...(description !== undefined && { description, tags: toJson(tags) }),
      ...(fields && { fields: toJson(fields) }),
      ...(aliases && { alsoKnownAs: toJson(aliases) }),
      updatedAt: Date.now(),
    })
    await updateAccount(tx, userId, {
      ...changes.account,
      ...(changes.mutedWords && { mutedWords: toJson(changes.mutedWords) }),
      ...(changes.hardMutedWords && { hardMutedWords: toJson(changes.hardMutedWords) }),
      ...(changes.mutedInstances && { mutedInstances: toJson(changes.mutedInstances) }),
      ...(changes.emailNotificationTypes && { emailNotificationTypes: toJson(changes.emailNotificationTypes) }),
      ...(changes.notificationRecieveConfig && {
        notificationRecieveConfig: toJson(changes.notificationRecieveConfig),
      }),
    })
    const isNew = (one: readonly string[], other: readonly string[]) => one.filter((tag) => !other.includes(tag))
    await countTagUser(tx, userId, isNew(tags, person.tags), 'attached')
    await uncountTagUser(tx, userId, isNew(person.tags, tags))
    if (person.isLocked && changes.profile.isLocked === false) {
      await later(ctx, tx, afterCommit, { kind: 'acceptRequests', data: { userId } })
    }
    afterCommit(() => ctx.bus.publish({ type: 'user', id: userId }))
    return { id: userId }
  })
}

/** The hashtags of a description, normalised and each once. */
const tagsOf = (description: string | null): string[] => [...new Set(extract([description]).hashtags.map(normaliseTag))]

/** Ids of the accounts a person says are theirs too. Only people here can be found. */
async function aliasesOf(
  ctx: Ctx,
  userId: string,
  names: readonly string[],
): Promise<string[] | 'noSuchUser' | 'forbiddenToSetYourself'> {
  const { host } = new URL(ctx.config.url)
  const wanted = names
    .map((name) => /^@?(\w+)(?:@(.+))?$/.exec(name.trim()))
    .map((match) => ({
      username: match?.[1]?.toLowerCase() ?? '',
      isHere: match?.[2] === undefined || match[2].toLowerCase() === host,
    }))
  if (wanted.some(({ isHere, username }) => !isHere || username === '')) return 'noSuchUser'
  const found = await usersByNames(
    ctx.db,
    wanted.map(({ username }) => username),
  )
  const ids = wanted.map(({ username }) => found.find((one) => one.usernameLower === username)?.id)
  if (ids.includes(undefined)) return 'noSuchUser'
  if (ids.includes(userId)) return 'forbiddenToSetYourself'
  return [...new Set(ids.flatMap((id) => id ?? []))]
}
