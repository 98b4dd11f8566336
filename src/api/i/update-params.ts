import Type, { type Static } from 'typebox'
import { languages } from '../../config/languages.ts'
import { type notificationConfig, notificationTypes } from '../../views/schema/notification-config.ts'
import { Id, Nullable, OneOf } from '../params.ts'

const Line = (maxLength: number) => Type.Optional(Nullable(Type.String({ minLength: 1, maxLength })))
const Switch = () => Type.Optional(Type.Boolean())
const WhoSees = () => Type.Optional(OneOf(['public', 'followers', 'private']))

/** A day of the calendar: months have the days they have, and any year may be a leap year. */
const DAY_OF_YEAR = '(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9])'

/** Seconds: up to 0, so long ago; above, since 1970 and before the year 10,000. */
const Moment = () => Type.Optional(Nullable(Type.Integer({ minimum: -253_402_300_799, maximum: 253_402_300_799 })))

/** Lists of words, and regular expressions as text. */
const MutedWords = () =>
  Type.Optional(
    Type.Array(
      Type.Unsafe<string[] | string>({
        anyOf: [
          { type: 'array', maxItems: 100, items: { type: 'string', maxLength: 1024 } },
          { type: 'string', maxLength: 1024 },
        ],
      }),
      { maxItems: 1000 },
    ),
  )

const decoration = Type.Object({
  id: Id(),
  angle: Type.Optional(Nullable(Type.Number({ minimum: -0.5, maximum: 0.5 }))),
  flipH: Type.Optional(Nullable(Type.Boolean())),
  offsetX: Type.Optional(Nullable(Type.Number({ minimum: -0.25, maximum: 0.25 }))),
  offsetY: Type.Optional(Nullable(Type.Number({ minimum: -0.25, maximum: 0.25 }))),
})

type NotificationConfig = Static<typeof notificationConfig>

const from = Type.Union([
  Type.Object({ type: OneOf(['all', 'following', 'follower', 'mutualFollow', 'followingOrFollower', 'never']) }),
  Type.Object({ type: OneOf(['list']), userListId: Id() }),
])

/** From whom notifications are wanted, by type. Types there were once, or will be, are passed over. */
const Notifications = () =>
  Type.Unsafe<NotificationConfig>(
    Type.Object(Object.fromEntries(notificationTypes.map((type) => [type, Type.Optional(from)]))),
  )

/** The part of it that is kept. */
export const knownNotifications = (config: NotificationConfig): NotificationConfig =>
  Object.fromEntries(
    notificationTypes.flatMap((type) => {
      const wanted = config[type]
      if (!wanted) return []
      return [[type, wanted.type === 'list' ? { type: 'list', userListId: wanted.userListId } : { type: wanted.type }]]
    }),
  )

/** Everything a person can say of themselves. */
export const updateParams = Type.Object({
  name: Line(50),
  description: Line(1500),
  followedMessage: Line(256),
  location: Line(50),
  birthday: Type.Optional(Nullable(Type.String({ pattern: `^[0-9]{4}-(${DAY_OF_YEAR})$` }))),
  lang: Type.Optional(Nullable(OneOf(languages))),
  avatarId: Type.Optional(Nullable(Id())),
  avatarDecorations: Type.Optional(Type.Array(decoration, { maxItems: 16 })),
  bannerId: Type.Optional(Nullable(Id())),
  fields: Type.Optional(
    Type.Array(Type.Object({ name: Type.String({ maxLength: 512 }), value: Type.String({ maxLength: 2048 }) }), {
      maxItems: 16,
    }),
  ),
  isLocked: Switch(),
  isExplorable: Switch(),
  hideOnlineStatus: Switch(),
  publicReactions: Switch(),
  carefulBot: Switch(),
  autoAcceptFollowed: Switch(),
  noCrawle: Switch(),
  preventAiLearning: Switch(),
  requireSigninToViewContents: Switch(),
  makeNotesFollowersOnlyBefore: Moment(),
  makeNotesHiddenBefore: Moment(),
  isBot: Switch(),
  isCat: Switch(),
  injectFeaturedNote: Switch(),
  receiveAnnouncementEmail: Switch(),
  alwaysMarkNsfw: Switch(),
  autoSensitive: Switch(),
  followingVisibility: WhoSees(),
  followersVisibility: WhoSees(),
  chatScope: Type.Optional(OneOf(['everyone', 'followers', 'following', 'mutual', 'none'])),
  pinnedPageId: Type.Optional(Nullable(Id())),
  mutedWords: MutedWords(),
  hardMutedWords: MutedWords(),
  mutedInstances: Type.Optional(Type.Array(Type.String({ maxLength: 256 }), { maxItems: 1000 })),
  notificationRecieveConfig: Type.Optional(Notifications()),
  emailNotificationTypes: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 64 })),
  alsoKnownAs: Type.Optional(Type.Array(Type.String({ maxLength: 320 }), { maxItems: 10, uniqueItems: true })),
})
