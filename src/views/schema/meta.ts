import Type from 'typebox'
import { component, refTo } from './component.ts'
import { closed, id, nullable, oneOf, url } from './fields.ts'
import { RolePolicies } from './policies.ts'

const text = nullable(Type.String())
const link = nullable(url)

const ad = closed({
  id,
  url,
  place: Type.String(),
  ratio: Type.Number(),
  imageUrl: url,
  dayOfWeek: Type.Integer(),
  isSensitive: Type.Optional(Type.Literal(true)),
})

const liteProperties = {
  name: text,
  shortName: text,
  description: text,
  uri: url,
  version: Type.String(),
  maintainerName: text,
  maintainerEmail: text,
  langs: Type.Array(Type.String()),
  serverRules: Type.Array(Type.String()),
  tosUrl: link,
  privacyPolicyUrl: link,
  impressumUrl: link,
  inquiryUrl: link,
  repositoryUrl: link,
  feedbackUrl: link,
  providesTarball: Type.Boolean(),
  themeColor: text,
  defaultLightTheme: text,
  defaultDarkTheme: text,
  clientOptions: closed({
    entrancePageStyle: oneOf('classic', 'simple'),
    showTimelineForVisitor: Type.Boolean(),
    showActivitiesForVisitor: Type.Boolean(),
  }),
  mascotImageUrl: url,
  iconUrl: link,
  bannerUrl: link,
  logoImageUrl: link,
  backgroundImageUrl: link,
  serverErrorImageUrl: link,
  infoImageUrl: link,
  notFoundImageUrl: link,
  disableRegistration: Type.Boolean(),
  emailRequiredForSignup: Type.Boolean(),
  enableHcaptcha: Type.Boolean(),
  hcaptchaSiteKey: text,
  enableMcaptcha: Type.Boolean(),
  mcaptchaSiteKey: text,
  mcaptchaInstanceUrl: link,
  enableRecaptcha: Type.Boolean(),
  recaptchaSiteKey: text,
  enableTurnstile: Type.Boolean(),
  turnstileSiteKey: text,
  enableTestcaptcha: Type.Boolean(),
  googleAnalyticsMeasurementId: text,
  sentryForFrontend: Type.Null(),
  swPublickey: text,
  enableServiceWorker: Type.Boolean(),
  enableEmail: Type.Boolean(),
  translatorAvailable: Type.Boolean(),
  enableUrlPreview: Type.Boolean(),
  mediaProxy: url,
  maxNoteTextLength: Type.Integer(),
  maxFileSize: Type.Integer(),
  ads: Type.Array(ad),
  notesPerOneAd: Type.Integer(),
  policies: RolePolicies,
  noteSearchableScope: oneOf('local', 'global'),
  federation: oneOf('all', 'specified', 'none'),
}

/** What a client learns about the server before anyone signs in. */
export const metaLiteSchema = component('MetaLite', liteProperties)
export const MetaLite = refTo(metaLiteSchema)
export type MetaLite = Type.Static<typeof MetaLite>

export const metaDetailedSchema = component('MetaDetailed', {
  ...liteProperties,
  features: closed({
    registration: Type.Boolean(),
    emailRequiredForSignup: Type.Boolean(),
    localTimeline: Type.Boolean(),
    globalTimeline: Type.Boolean(),
    hcaptcha: Type.Boolean(),
    turnstile: Type.Boolean(),
    recaptcha: Type.Boolean(),
    objectStorage: Type.Boolean(),
    serviceWorker: Type.Boolean(),
    miauth: Type.Boolean(),
  }),
  proxyAccountName: text,
  requireSetup: Type.Boolean(),
  cacheRemoteFiles: Type.Boolean(),
  cacheRemoteSensitiveFiles: Type.Boolean(),
})
export const MetaDetailed = refTo(metaDetailedSchema)
export type MetaDetailed = Type.Static<typeof MetaDetailed>
