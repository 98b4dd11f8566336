import type { Ctx } from '../../context.ts'
import type { Permission } from '../permission.ts'
import type { Problem } from './problem.ts'

/** What an OAuth client asks of a person, checked. Kept until they answer. */
export interface OAuthRequest {
  clientId: string
  clientName: string | null
  clientLogo: string | null
  redirectUri: string
  state: string | null
  /** In the order asked, each once. */
  permissions: Permission[]
  codeChallenge: string
}

/** A request on its way through the steps, each of which fills in what it is about. */
export interface Asked extends Omit<OAuthRequest, 'redirectUri'> {
  readonly query: URLSearchParams
  redirectUris: readonly string[]
  /** Null until it is known to be the client's. */
  redirectUri: string | null
  /** Names in the scope that are no permissions. */
  unknown: string[]
}

/** Reads its part of a request; says what is wrong with it, or null. */
export type Step = (ctx: Ctx, asked: Asked) => Problem | null | Promise<Problem | null>
