import type { Generated } from 'kysely'
import type { Json } from './json.ts'

/** A sign-in of a person on one device; its native token acts for them without limits. */
export interface SessionTable {
  id: string
  userId: string
  /** SHA-256 of the native token. */
  digest: string
  userAgent: string | null
  ip: string | null
  lastUsedAt: Generated<number | null>
}

/** How a grant came to be. */
export type GrantKind = 'manual' | 'miauth' | 'app' | 'oauth'

/**
 * What a person allowed an application: who, which application, which permissions, until when. Tokens are minted from a
 * grant when it is claimed, and die with it.
 */
export interface GrantTable {
  id: string
  userId: string
  kind: GrantKind
  appId: string | null
  /** The OAuth client's id, a URL. */
  clientId: string | null
  /** SHA-256 of the MiAuth session the application chose, which is as good as a token until it is claimed. */
  miauthDigest: string | null
  name: string | null
  description: string | null
  iconUrl: string | null
  permission: Json<string[]>
  /** Milliseconds after which its tokens no longer work; null for never. */
  expiresAt: number | null
  /** Milliseconds until which the application may claim it; null when nothing is left to claim. */
  claimableUntil: number | null
}

/** A token an application holds. Only digests are kept: the token cannot be read back. */
export interface AccessTokenTable {
  id: string
  grantId: string
  userId: string
  /** SHA-256 of the token. */
  digest: string
  /** SHA-256 of the second accepted form of a legacy token, `sha256(token + app secret)`. */
  legacyDigest: string | null
  /** Tokens made from one another by refreshing share a family, so that reuse ends them all. */
  family: string | null
  /** JWK thumbprint of the key a token is bound to (RFC 9449 §6.1). */
  proofKey: string | null
  expiresAt: number | null
  lastUsedAt: Generated<number | null>
}

/** What an OAuth client exchanges for the token of a grant. It stays as long as the grant, to tell when it is used again. */
export interface AuthorizationCodeTable {
  /** SHA-256 of the code. */
  digest: string
  grantId: string
  /** Where the code was sent; whoever exchanges it has to name the same. */
  redirectUri: string
  codeChallenge: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

/** An application registered for the legacy flow. */
export interface AppTable {
  id: string
  userId: string | null
  secretDigest: string
  name: string
  description: string
  permission: Json<string[]>
  callbackUrl: string | null
}

/** A session in which a registered application waits for a person's answer, and then for its token. */
export interface AuthSessionTable {
  id: string
  appId: string
  /** SHA-256 of the session token: once a person has allowed it, that is half of what a token can be claimed with. */
  digest: string
  /** What the person allowed; null while nobody has. The session ends with it. */
  grantId: string | null
  isRefused: Generated<boolean>
  /** Until when it can be answered and, once it was, claimed. */
  expiresAt: number
}

/** A question put to a person and not yet answered: what an application asks for. */
export interface ConsentTable {
  id: string
  kind: GrantKind
  /** The person it was shown to: nobody else can answer it. Null when nobody was signed in: then whoever has the page can. */
  userId: string | null
  /** What was asked, in the form of its kind, encrypted: it holds what the application uses to claim its token. */
  request: string
  expiresAt: number
}
