import { randomSecret, sha256 } from '../lib/crypto.ts'

/**
 * Clients and servers tell a native token from an access token by its length alone, so no other kind may ever have
 * this one.
 */
export const NATIVE_TOKEN_LENGTH = 16
const ACCESS_TOKEN_LENGTH = 32
/** OAuth clients of the API know tokens and codes of this length. */
const OAUTH_LENGTH = 128

/** A new native token: what a person's own sign-in holds. */
export const newNativeToken = (): string => randomSecret(NATIVE_TOKEN_LENGTH)

/** A new access token: what an application holds. */
export const newAccessToken = (): string => randomSecret(ACCESS_TOKEN_LENGTH)

/** A new access token, or authorization code, for an OAuth client. */
export const newOauthSecret = (): string => randomSecret(OAUTH_LENGTH)

/** The only form in which a token is kept. Tokens are random enough for a plain digest. */
export const digestOf = (token: string): string => sha256(token)

/**
 * Digest of a token read without case: the second form of legacy tokens is hexadecimal, and clients send it in either
 * case.
 */
export const foldedDigestOf = (token: string): string => sha256(token.toLowerCase())

/** The second form of a legacy token, which applications make of it themselves: hexadecimal, 64 characters. */
export const legacyFormOf = (token: string, appSecret: string): string => sha256(token + appSecret)

export const isNative = (token: string): boolean => token.length === NATIVE_TOKEN_LENGTH
