import { userPermissions } from '../../src/access/permission.ts'
import type { Html } from '../../src/lib/html.ts'
import { type ConsentData, consentPage } from '../../src/pages/consent.ts'
import { consentDone } from '../../src/pages/consent-done.ts'
import { errorPage } from '../../src/pages/error-page.ts'
import { home } from '../../src/pages/home.ts'
import { type Language, languages, translator } from '../../src/pages/messages.ts'
import { blankIssueForm } from '../../src/pages/parts/issue-form.ts'
import { sentOn } from '../../src/pages/sent-on.ts'
import { setup } from '../../src/pages/setup.ts'
import { signIn } from '../../src/pages/sign-in.ts'
import { signUp } from '../../src/pages/sign-up.ts'
import { type TokensData, tokens } from '../../src/pages/tokens.ts'
import type { Me, View } from '../../src/pages/view.ts'

export const alice: Me = { username: 'alice', name: 'Alice Hanabi', avatarUrl: null }

export const viewIn = (lang: Language, over: Partial<View> = {}): View => ({
  t: translator(lang),
  lang,
  languages,
  path: '/',
  me: null,
  csrf: 'csrf-1',
  serverName: 'Mamekey Village',
  origin: 'https://mamekey.example',
  asset: (file) => `/static/pages/${file}?v=1`,
  ...over,
})

export const consentData: ConsentData = {
  request: 'request-1',
  app: { name: 'Aria', iconUrl: null, page: 'https://app.aria.example/' },
  permissions: ['read:account', 'write:account', 'write:notes', 'write:reactions', 'read:drive', 'write:drive'],
  withheld: [],
  unknown: [],
  callback: 'https://app.aria.example/back?from=mamekey',
}

const at = Date.UTC(2026, 10, 20, 9, 3)

export const tokensData: TokensData = {
  issued: null,
  done: null,
  isAdministrator: false,
  form: blankIssueForm,
  tokens: [
    {
      id: 'token-1',
      app: 'Aria',
      name: 'Aria',
      iconUrl: null,
      via: 'miauth',
      permissions: ['read:account', 'write:account', 'write:notes', 'read:chat'],
      createdAt: at - 40 * 86_400_000,
      lastUsedAt: at,
      expiresAt: null,
    },
    {
      id: 'token-2',
      app: null,
      name: '天気ボット',
      iconUrl: null,
      via: 'manual',
      permissions: ['write:notes'],
      createdAt: at - 86_400_000,
      lastUsedAt: null,
      expiresAt: at + 89 * 86_400_000,
    },
    {
      id: 'token-3',
      app: 'https://client.example/',
      name: null,
      iconUrl: null,
      via: 'oauth',
      permissions: [],
      createdAt: at - 9 * 86_400_000,
      lastUsedAt: at - 3_600_000,
      expiresAt: at + 86_400_000,
    },
  ],
  devices: [
    {
      id: 'device-1',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
      createdAt: at - 3 * 86_400_000,
      lastUsedAt: at,
      isCurrent: true,
    },
    {
      id: 'device-2',
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
      createdAt: at - 30 * 86_400_000,
      lastUsedAt: at - 2 * 86_400_000,
      isCurrent: false,
    },
    {
      id: 'device-3',
      userAgent: null,
      createdAt: at - 90 * 86_400_000,
      lastUsedAt: at - 80 * 86_400_000,
      isCurrent: false,
    },
  ],
}

/** Every page in every state that looks different, by name. */
export const allPages = (lang: Language): Readonly<Record<string, Html>> => {
  const out = viewIn(lang)
  const me = { ...viewIn(lang, { path: '/miauth/1?name=Aria&permission=write:notes' }), me: alice }
  const registration = 'open' as const
  return {
    home: home(out, { registration, isSetUp: true, documentPath: '/api-doc' }),
    'home-invite': home(out, { registration: 'invite', isSetUp: true, documentPath: '/api-doc' }),
    'home-closed': home(out, { registration: 'closed', isSetUp: true, documentPath: '/api-doc' }),
    'home-empty': home(out, { registration, isSetUp: false, documentPath: '/api-doc' }),
    'home-me': home(me, { registration, isSetUp: true, documentPath: '/api-doc' }),
    'sign-in': signIn(out, { username: '', next: '/miauth/1', error: null, registration }),
    'sign-in-switch': signIn(me, { username: '', next: '/miauth/1', error: null, registration: 'closed' }),
    ...Object.fromEntries(
      (['wrong', 'suspended', 'tooMany', 'formExpired'] as const).map((error) => [
        `sign-in-${error}`,
        signIn(out, { username: 'alice', next: null, error, registration }),
      ]),
    ),
    'sign-up': signUp(out, { registration: 'open', username: '', invitationCode: '', errors: [] }),
    'sign-up-invite': signUp(out, {
      registration: 'invite',
      username: 'alice',
      invitationCode: 'ABCD2345',
      errors: ['invitationInvalid', 'usernameTaken', 'passwordShort'],
    }),
    'sign-up-errors': signUp(out, {
      registration: 'open',
      username: 'admin!',
      invitationCode: '',
      errors: ['usernameInvalid', 'usernameReserved', 'passwordEmpty', 'tooMany'],
    }),
    'sign-up-closed': signUp(out, { registration: 'closed', username: '', invitationCode: '', errors: [] }),
    setup: setup(out, { username: '', errors: [] }),
    consent: consentPage(me, consentData),
    'consent-admin': consentPage(me, {
      ...consentData,
      app: { name: 'Moderation desk', iconUrl: 'https://icons.example/desk.png' },
      permissions: ['write:admin:suspend-user', 'read:admin:user-ips', 'write:admin:meta', 'write:notes'],
      callback: 'aria://aria/miauth',
    }),
    'consent-all': consentPage(me, { ...consentData, permissions: userPermissions }),
    'consent-odd': consentPage(me, {
      ...consentData,
      app: { name: null, iconUrl: null },
      withheld: ['write:admin:meta'],
      unknown: ['write:everything', 'read:admin:stream'],
      callback: null,
    }),
    'consent-unsafe': consentPage(me, { ...consentData, permissions: [], callback: 'javascript:alert(1)' }),
    'sent-on': sentOn(me, { decision: 'allowed', url: 'https://app.aria.example/back?session=1' }),
    'sent-on-refused': sentOn(me, { decision: 'refused', url: 'aria://aria/miauth?error=access_denied' }),
    'sent-on-unsafe': sentOn(me, { decision: 'allowed', url: 'javascript:alert(1)' }),
    ...Object.fromEntries(
      (['allowed', 'refused', 'expired', 'used', 'unknown'] as const).map((outcome) => [
        `done-${outcome}`,
        consentDone(outcome === 'unknown' ? out : me, { outcome, appName: outcome === 'allowed' ? 'Aria' : null }),
      ]),
    ),
    tokens: tokens(me, tokensData),
    'tokens-issued': tokens(me, {
      ...tokensData,
      isAdministrator: true,
      issued: { name: 'Weather bot', token: 'k7Qh3VxR2mB9tLwZ5cJ8sN4pYdF6gA1e' },
      form: { ...blankIssueForm, preset: 'custom', permissions: ['write:notes'], errors: ['nothingChosen'] },
    }),
    'tokens-empty': tokens(me, { ...tokensData, tokens: [], done: 'revoked' }),
    'tokens-ended': tokens(me, {
      ...tokensData,
      done: 'ended',
      tokens: (['app', 'manual', 'app'] as const).map((via, at) => ({
        ...tokensData.tokens[0]!,
        id: `${via}-${at}`,
        via,
      })),
      form: { ...blankIssueForm, errors: ['nameLong', 'formExpired'] },
    }),
    ...Object.fromEntries(
      [400, 401, 403, 404, 410, 413, 429, 500, 503].map((status) => [
        `error-${status}`,
        errorPage(status === 401 ? out : me, { status, ...(status === 500 && { reference: 'req-7f3a' }) }),
      ]),
    ),
    'error-form': errorPage(me, { status: 403, reason: 'formExpired' }),
  }
}
