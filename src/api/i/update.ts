import type { Static } from 'typebox'
import { type PlainAccount, type PlainProfile, type ProfileChanges, updateProfile } from '../../core/update-profile.ts'
import { HOUR } from '../../lib/time.ts'
import { showMe } from '../../views/me.ts'
import { MeDetailed } from '../../views/schema/me-detailed.ts'
import { endpoint } from '../endpoint.ts'
import { updateErrors } from './update-errors.ts'
import { knownNotifications, updateParams } from './update-params.ts'

export default endpoint({
  path: 'i/update',
  about: 'Changes what is given of one’s profile and settings.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  limit: { max: 20, per: HOUR },
  params: updateParams,
  res: MeDetailed,
  errors: updateErrors,
  async handle({ ctx, params, me, fail }) {
    const { avatarId, bannerId, avatarDecorations = [], pinnedPageId } = params
    if ((avatarId || bannerId) && !me.policies.canUpdateBioMedia) return fail('restrictedByRole')
    if (avatarDecorations.length > me.policies.avatarDecorationLimit) return fail('restrictedByRole')
    // There are no pages here: none can be one’s own.
    if (pinnedPageId) return fail('noSuchPage')
    const updated = await updateProfile(ctx, me.id, me.policies, changesOf(params))
    if (typeof updated === 'string') return fail(updated)
    return showMe(ctx, me, { secrets: me.credential.kind === 'native' })
  },
})

const ofProfile = [
  'followedMessage',
  'location',
  'birthday',
  'lang',
  'isLocked',
  'isExplorable',
  'hideOnlineStatus',
  'publicReactions',
  'requireSigninToViewContents',
  'makeNotesFollowersOnlyBefore',
  'makeNotesHiddenBefore',
  'isBot',
  'isCat',
  'followingVisibility',
  'followersVisibility',
  'chatScope',
] as const satisfies (keyof PlainProfile)[]

const ofAccount = [
  'carefulBot',
  'autoAcceptFollowed',
  'noCrawle',
  'preventAiLearning',
  'injectFeaturedNote',
  'receiveAnnouncementEmail',
  'alwaysMarkNsfw',
  'autoSensitive',
] as const satisfies (keyof PlainAccount)[]

/** A name of nothing but blanks is none, and so is a field without name or value. */
function changesOf(params: Static<typeof updateParams>): ProfileChanges {
  const { name, fields } = params
  return {
    profile: { ...given(params, ofProfile), ...(name !== undefined && { name: name?.trim() || null }) },
    account: given(params, ofAccount),
    avatarId: params.avatarId,
    bannerId: params.bannerId,
    description: params.description,
    fields: fields
      ?.map((field) => ({ name: field.name.trim(), value: field.value.trim() }))
      .filter((field) => field.name !== '' && field.value !== ''),
    mutedWords: params.mutedWords,
    hardMutedWords: params.hardMutedWords,
    mutedInstances: params.mutedInstances,
    notificationRecieveConfig: params.notificationRecieveConfig && knownNotifications(params.notificationRecieveConfig),
    emailNotificationTypes: params.emailNotificationTypes,
    alsoKnownAs: params.alsoKnownAs,
  }
}

/** Those of the properties that were given. */
function given<T extends object, K extends keyof T>(
  params: T,
  names: readonly K[],
): { [N in K]?: Exclude<T[N], undefined> } {
  const entries = names.flatMap((name) => (params[name] === undefined ? [] : [[name, params[name]]]))
  return Object.fromEntries(entries)
}
