import type { Policies } from './policies.ts'

/** What an administrator may set while the server runs. URLs are absolute; null is "not said" throughout. */
export interface ServerSettings {
  readonly name: string | null
  readonly shortName: string | null
  readonly description: string | null
  readonly maintainerName: string | null
  readonly maintainerEmail: string | null
  /** Languages spoken here, as BCP 47 tags. */
  readonly langs: readonly string[]
  readonly serverRules: readonly string[]
  readonly tosUrl: string | null
  readonly privacyPolicyUrl: string | null
  readonly impressumUrl: string | null
  readonly inquiryUrl: string | null
  readonly repositoryUrl: string | null
  readonly feedbackUrl: string | null
  /** A CSS colour. */
  readonly themeColor: string | null
  /** A theme of the client, as JSON text. */
  readonly defaultLightTheme: string | null
  readonly defaultDarkTheme: string | null
  readonly iconUrl: string | null
  readonly bannerUrl: string | null
  readonly logoImageUrl: string | null
  readonly backgroundImageUrl: string | null
  readonly mascotImageUrl: string | null
  readonly serverErrorImageUrl: string | null
  readonly infoImageUrl: string | null
  readonly notFoundImageUrl: string | null
  /** What clients show to those who are not signed in. */
  readonly clientOptions: ClientOptions
  /** Notes between two advertisements; 0 for none. */
  readonly notesPerOneAd: number
  /** Who may sign up; null for what the server was started with. */
  readonly registration: Registration | null
  /** The first account, which no role can take its rights from; null until there is one. */
  readonly rootUserId: string | null
  /** What everyone may do where it differs from the defaults; roles come on top. */
  readonly policies: Partial<Policies>
  /** The key pair by which push services know this server, the private one sealed with the server's key. */
  readonly vapid: { readonly publicKey: string; readonly privateKey: string } | null
  /** Names nobody may sign up with, in lower case. */
  readonly reservedUsernames: readonly string[]
  /** A public note that holds one of them goes to home only; in the form that `lib/word-filter.ts` reads. */
  readonly sensitiveWords: readonly string[]
  /** A note that holds one of them is refused; in the same form. */
  readonly prohibitedWords: readonly string[]
}

export type Registration = 'open' | 'invite' | 'closed'

export interface ClientOptions {
  readonly entrancePageStyle: 'classic' | 'simple'
  readonly showTimelineForVisitor: boolean
  readonly showActivitiesForVisitor: boolean
}

/** Names that could be taken for the server, its staff or its addresses. */
const reserved = [
  'admin',
  'administrator',
  'root',
  'system',
  'maintainer',
  'host',
  'mod',
  'moderator',
  'owner',
  'superuser',
  'staff',
  'auth',
  'i',
  'me',
  'everyone',
  'all',
  'mention',
  'mentions',
  'example',
  'user',
  'users',
  'account',
  'accounts',
  'official',
  'help',
  'helps',
  'support',
  'supports',
  'info',
  'information',
  'informations',
  'announce',
  'announces',
  'announcement',
  'announcements',
  'notice',
  'notification',
  'notifications',
  'dev',
  'developer',
  'developers',
  'tech',
  'misskey',
]

/** What applies to every setting that nobody has set. */
export const defaultServerSettings: ServerSettings = {
  name: null,
  shortName: null,
  description: null,
  maintainerName: null,
  maintainerEmail: null,
  langs: [],
  serverRules: [],
  tosUrl: null,
  privacyPolicyUrl: null,
  impressumUrl: null,
  inquiryUrl: null,
  repositoryUrl: null,
  feedbackUrl: null,
  themeColor: null,
  defaultLightTheme: null,
  defaultDarkTheme: null,
  iconUrl: null,
  bannerUrl: null,
  logoImageUrl: null,
  backgroundImageUrl: null,
  mascotImageUrl: null,
  serverErrorImageUrl: null,
  infoImageUrl: null,
  notFoundImageUrl: null,
  clientOptions: { entrancePageStyle: 'classic', showTimelineForVisitor: true, showActivitiesForVisitor: true },
  notesPerOneAd: 0,
  registration: null,
  rootUserId: null,
  policies: {},
  vapid: null,
  reservedUsernames: reserved,
  sensitiveWords: [],
  prohibitedWords: [],
}

/** Characters of a note's text. Clients learn it from `meta`; it is not for an administrator to set. */
export const maxNoteTextLength = 3000
