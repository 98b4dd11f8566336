import { defaultPolicies } from '../config/policies.ts'
import { maxNoteTextLength, type Registration, type ServerSettings } from '../config/server-settings.ts'
import type { MetaDetailed, MetaLite } from './schema/meta.ts'

/** What the running server knows about itself. */
export interface ServerFacts {
  /** The public origin, without a slash at the end. */
  origin: string
  /** The version shown to clients: they choose what to offer by it. */
  version: string
  /** Whether the first account is still to be made. */
  requireSetup: boolean
  registration: Registration
  /** Bytes. */
  maxFileSize: number
}

/** Ways of signing up, and services, that this server does not have. */
const absent = {
  providesTarball: false,
  emailRequiredForSignup: false,
  enableHcaptcha: false,
  hcaptchaSiteKey: null,
  enableMcaptcha: false,
  mcaptchaSiteKey: null,
  mcaptchaInstanceUrl: null,
  enableRecaptcha: false,
  recaptchaSiteKey: null,
  enableTurnstile: false,
  turnstileSiteKey: null,
  enableTestcaptcha: false,
  googleAnalyticsMeasurementId: null,
  sentryForFrontend: null,
  enableEmail: false,
  translatorAvailable: false,
  enableUrlPreview: false,
  noteSearchableScope: 'local',
  federation: 'none',
} as const

/**
 * The server, as clients ask for it before anything else.
 * @param server says who may sign up in the end: the administrator's setting, else what the server was started with
 * @param detail whether to add what only the longer form has
 */
export function showMeta(settings: ServerSettings, server: ServerFacts, detail: boolean): MetaLite | MetaDetailed {
  const policies = { ...defaultPolicies, ...settings.policies }
  const lite: MetaLite = {
    ...absent,
    swPublickey: settings.vapid?.publicKey ?? null,
    enableServiceWorker: settings.vapid !== null,
    name: settings.name,
    shortName: settings.shortName,
    description: settings.description,
    uri: server.origin,
    version: server.version,
    maintainerName: settings.maintainerName,
    maintainerEmail: settings.maintainerEmail,
    langs: [...settings.langs],
    serverRules: [...settings.serverRules],
    tosUrl: settings.tosUrl,
    privacyPolicyUrl: settings.privacyPolicyUrl,
    impressumUrl: settings.impressumUrl,
    inquiryUrl: settings.inquiryUrl,
    repositoryUrl: settings.repositoryUrl,
    feedbackUrl: settings.feedbackUrl,
    themeColor: settings.themeColor,
    defaultLightTheme: settings.defaultLightTheme,
    defaultDarkTheme: settings.defaultDarkTheme,
    clientOptions: settings.clientOptions,
    mascotImageUrl: settings.mascotImageUrl ?? `${server.origin}/static/pages/favicon.svg`,
    iconUrl: settings.iconUrl,
    bannerUrl: settings.bannerUrl,
    logoImageUrl: settings.logoImageUrl,
    backgroundImageUrl: settings.backgroundImageUrl,
    serverErrorImageUrl: settings.serverErrorImageUrl,
    infoImageUrl: settings.infoImageUrl,
    notFoundImageUrl: settings.notFoundImageUrl,
    disableRegistration: server.registration !== 'open',
    mediaProxy: `${server.origin}/proxy`,
    maxNoteTextLength,
    maxFileSize: server.maxFileSize,
    ads: [],
    notesPerOneAd: settings.notesPerOneAd,
    policies,
  }
  if (!detail) return lite
  return {
    ...lite,
    features: {
      registration: server.registration === 'open',
      emailRequiredForSignup: lite.emailRequiredForSignup,
      localTimeline: policies.ltlAvailable,
      globalTimeline: policies.gtlAvailable,
      hcaptcha: lite.enableHcaptcha,
      turnstile: lite.enableTurnstile,
      recaptcha: lite.enableRecaptcha,
      objectStorage: false,
      serviceWorker: lite.enableServiceWorker,
      miauth: true,
    },
    proxyAccountName: null,
    requireSetup: server.requireSetup,
    cacheRemoteFiles: false,
    cacheRemoteSensitiveFiles: false,
  }
}
