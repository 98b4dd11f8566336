import type { EndpointError } from '../api/endpoint.ts'

/** An error as it is sent. Everything in it is for the caller to read. */
export interface ApiError extends EndpointError {
  status: number
  kind: 'client' | 'server' | 'permission'
  info?: Record<string, unknown>
  /** What the `WWW-Authenticate` header says beside the realm (RFC 6750 §3); null for no such header. */
  challenge: 'none' | 'invalid_token' | 'invalid_request' | 'insufficient_scope' | null
  retryAfter?: number
}

type Kind = Pick<ApiError, 'status' | 'kind' | 'challenge'>

const client: Kind = { status: 400, kind: 'client', challenge: 'invalid_request' }
const permission: Kind = { status: 403, kind: 'permission', challenge: null }

/** The errors of the gate, by what happened. Codes and ids are those clients know. */
export const errors = {
  accessDenied: {
    ...client,
    code: 'ACCESS_DENIED',
    id: '56f35758-7dd5-468b-8439-5d6fb8ec9b8e',
    message: 'This is only for people signed in themselves: an application’s token cannot be used here.',
  },
  authenticationFailed: {
    ...client,
    status: 401,
    challenge: 'invalid_token',
    code: 'AUTHENTICATION_FAILED',
    id: 'b0a7f5f8-dc2f-4171-b91f-de88ad238e14',
    message: 'The token is unknown, revoked or past its end.',
  },
  credentialRequired: {
    ...client,
    status: 401,
    challenge: 'none',
    code: 'CREDENTIAL_REQUIRED',
    id: '1384574d-a912-4b81-8601-c7b1c4085df1',
    message: 'A token is needed: send it as “i” in the body or as “Authorization: Bearer”.',
  },
  accountSuspended: {
    ...permission,
    code: 'YOUR_ACCOUNT_SUSPENDED',
    id: 'a8c724b3-6e9c-4b46-b1a8-bc3ed6258370',
    message: 'This account is suspended.',
  },
  accountMoved: {
    ...permission,
    code: 'YOUR_ACCOUNT_MOVED',
    id: '56f20ec9-fd06-4fa5-841b-edd6d7d4fa31',
    message: 'This account has moved to another one.',
  },
  notModerator: {
    ...permission,
    code: 'ROLE_PERMISSION_DENIED',
    id: 'd33d5333-db36-423d-a8f9-1a2b9549da41',
    message: 'This is for moderators.',
  },
  notAdministrator: {
    ...permission,
    code: 'ROLE_PERMISSION_DENIED',
    id: 'c3d38592-54c0-429d-be96-5636b0431a61',
    message: 'This is for administrators.',
  },
  policyDenied: {
    ...permission,
    code: 'ROLE_PERMISSION_DENIED',
    id: '7f86f06f-7e15-4057-8561-f4b6d4ac755a',
    message: 'None of your roles allows this.',
  },
  permissionDenied: {
    ...permission,
    challenge: 'insufficient_scope',
    code: 'PERMISSION_DENIED',
    id: '1370e5b7-d4eb-4566-bb1d-7748ee6a1838',
    message: 'The token does not have the permission this needs.',
  },
  rateLimitExceeded: {
    ...client,
    status: 429,
    challenge: null,
    code: 'RATE_LIMIT_EXCEEDED',
    id: 'd5826d14-3982-4d2e-8011-b9e9f02499ef',
    message: 'Too many calls: wait before the next one.',
  },
  invalidParam: {
    ...client,
    code: 'INVALID_PARAM',
    id: '3d81ceae-475f-4600-b2a8-2bc116157532',
    message: 'A parameter is not as it should be.',
  },
  idempotencyKeyUsed: {
    ...client,
    status: 409,
    challenge: null,
    code: 'IDEMPOTENCY_KEY_USED',
    id: '7c5d2f0e-6b1a-4e8f-9a43-2d9be8f1c605',
    message: 'A call with this Idempotency-Key has made something that is gone by now: use a new key to make another.',
  },
  cannotCast: {
    ...client,
    code: 'INVALID_PARAM',
    id: '0b5f1631-7c1a-41a6-b399-cce335f34d85',
    message: 'A parameter is not as it should be.',
  },
  unknownEndpoint: {
    ...client,
    status: 404,
    challenge: null,
    code: 'UNKNOWN_API_ENDPOINT',
    id: '2ca3b769-540a-4f08-9dd5-b5a825b6d0f1',
    message: 'There is no such endpoint.',
  },
  unknownOAuthEndpoint: {
    ...client,
    status: 404,
    challenge: null,
    code: 'UNKNOWN_OAUTH_ENDPOINT',
    id: 'aa49e620-26cb-4e28-aad6-8cbcb58db147',
    message: 'There is no such OAuth endpoint. See /.well-known/oauth-authorization-server for those there are.',
  },
  tooLarge: {
    ...client,
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
    id: '8f0c5a53-4a59-4dd5-9f0a-6c1d4a54f4a1',
    message: 'The body is larger than this endpoint takes.',
  },
  unsupportedMediaType: {
    ...client,
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    id: '2d1cc1a6-3b52-4be6-9d0d-0b0a4f0e5b7e',
    message: 'Send the parameters as application/json.',
  },
  badRequest: {
    ...client,
    code: 'BAD_REQUEST',
    id: '5e3f3a6d-5f7c-4d2a-9b6b-4f7b4d7a1c02',
    message: 'The request could not be read.',
  },
  internalError: {
    status: 500,
    kind: 'server',
    challenge: null,
    code: 'INTERNAL_ERROR',
    id: '5d37dbcb-891e-41ca-a3d6-e690c97775ac',
    message: 'Something went wrong in the server. Its log has more under the id in “info”.',
  },
} as const satisfies Record<string, ApiError>

/** Ends a request with an error. Thrown by the gate, caught by the one renderer. */
export class Refused extends Error {
  readonly error: ApiError
  constructor(error: ApiError) {
    super(error.message)
    this.error = error
  }
}

/**
 * A parameter that is not as it should be.
 * @param param where, as a path into the schema
 * @param reason which one and why, in words for a person
 */
export const invalidParam = (param: string, reason: string, base: ApiError = errors.invalidParam): Refused =>
  new Refused({ ...base, message: `Invalid parameters: ${reason}.`, info: { param, reason } })

/** An endpoint's own error. */
export const declared = (error: EndpointError): Refused => {
  const { status = 400 } = error
  const kind = status >= 500 ? 'server' : 'client'
  return new Refused({ ...error, status, kind, challenge: kind === 'client' ? 'invalid_request' : null })
}
