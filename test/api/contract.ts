import { readFileSync } from 'node:fs'

/** What clients know of an endpoint. Times in milliseconds. */
export interface Known {
  /** Null where nobody wrote it down. */
  auth: 'none' | 'required' | 'moderator' | 'admin' | null
  permission: string | null
  secure: boolean
  policy: string | null
  prohibitMoved: boolean
  /** May be called by GET; anonymous answers may be cached for so many seconds. */
  get: { cache: number } | null
  limit: { max: number; per: number; minInterval?: number } | null
  errors: { code: string; status: number; id: string }[]
}

const file = new URL('../fixtures/authorization.json', import.meta.url)

/** Every endpoint of the Misskey API, by path. */
export const known: Readonly<Record<string, Known>> = JSON.parse(readFileSync(file, 'utf8'))

/** Where this server means to differ, and why. */
export const exceptions: Readonly<Record<string, { why: string } & Partial<Known>>> = {
  'app/create': {
    why: 'Elsewhere anyone can fill the server with applications: nobody needs an account to register one.',
    limit: { max: 60, per: 3_600_000 },
  },
  'i/revoke-token': {
    why: 'As of 2026.9.0 any access token may call it, so that an application can sign itself out; it can end itself only.',
    secure: false,
    permission: 'any',
  },
  meta: {
    why: 'Several servers answer it by GET, and clients try that first: it is cached.',
    get: { cache: 60 },
  },
  'reset-db': {
    why: 'Elsewhere it exists in test builds only. Here the setting allow-reset says whether it may be called.',
    errors: [{ code: 'RESET_NOT_ALLOWED', status: 403, id: 'c1a9c7a6-2a0b-4b6c-8e0f-6d3f5b7c9a10' }],
  },
}

/** Endpoints that no other server has. */
export const ourOwn: readonly string[] = []

/** What an endpoint of this server is expected to ask for. */
export function expected(path: string): Known {
  const one = known[path]
  if (!one) throw new Error(`${path} is not in ${file.pathname}: is it our own?`)
  const { why: _, ...different } = exceptions[path] ?? {}
  return { ...one, ...different }
}

export interface Refusal {
  status: number
  code: string
  id: string
  kind: 'client' | 'permission'
  /** What WWW-Authenticate says: the realm alone, the realm and an error, or (null) nothing at all. */
  challenge: 'realm' | 'invalid_request' | 'invalid_token' | 'insufficient_scope' | null
}

const refusal = (
  status: number,
  code: string,
  id: string,
  kind: Refusal['kind'],
  challenge: Refusal['challenge'],
): Refusal => ({ status, code, id, kind, challenge })

/** The refusals of the gate, as clients know them. */
export const refusals = {
  accessDenied: refusal(400, 'ACCESS_DENIED', '56f35758-7dd5-468b-8439-5d6fb8ec9b8e', 'client', 'invalid_request'),
  unknownToken: refusal(
    401,
    'AUTHENTICATION_FAILED',
    'b0a7f5f8-dc2f-4171-b91f-de88ad238e14',
    'client',
    'invalid_token',
  ),
  noToken: refusal(401, 'CREDENTIAL_REQUIRED', '1384574d-a912-4b81-8601-c7b1c4085df1', 'client', 'realm'),
  suspended: refusal(403, 'YOUR_ACCOUNT_SUSPENDED', 'a8c724b3-6e9c-4b46-b1a8-bc3ed6258370', 'permission', null),
  moved: refusal(403, 'YOUR_ACCOUNT_MOVED', '56f20ec9-fd06-4fa5-841b-edd6d7d4fa31', 'permission', null),
  noPermission: refusal(
    403,
    'PERMISSION_DENIED',
    '1370e5b7-d4eb-4566-bb1d-7748ee6a1838',
    'permission',
    'insufficient_scope',
  ),
  notModerator: refusal(403, 'ROLE_PERMISSION_DENIED', 'd33d5333-db36-423d-a8f9-1a2b9549da41', 'permission', null),
  notAdministrator: refusal(403, 'ROLE_PERMISSION_DENIED', 'c3d38592-54c0-429d-be96-5636b0431a61', 'permission', null),
  noPolicy: refusal(403, 'ROLE_PERMISSION_DENIED', '7f86f06f-7e15-4057-8561-f4b6d4ac755a', 'permission', null),
  tooMany: refusal(429, 'RATE_LIMIT_EXCEEDED', 'd5826d14-3982-4d2e-8011-b9e9f02499ef', 'client', null),
  invalidParam: refusal(400, 'INVALID_PARAM', '3d81ceae-475f-4600-b2a8-2bc116157532', 'client', 'invalid_request'),
  cannotCast: refusal(400, 'INVALID_PARAM', '0b5f1631-7c1a-41a6-b399-cce335f34d85', 'client', 'invalid_request'),
  unknownEndpoint: refusal(404, 'UNKNOWN_API_ENDPOINT', '2ca3b769-540a-4f08-9dd5-b5a825b6d0f1', 'client', null),
} satisfies Record<string, Refusal>
