import type { Static, TSchema } from 'typebox'
import type { Permission } from '../access/permission.ts'
import type { Principal } from '../access/principal.ts'
import type { PolicyName } from '../config/policies.ts'
import type { Ctx } from '../context.ts'
import type { Received } from '../media/receive.ts'

/** An expected failure of an endpoint, as the caller sees it. Without a status it is 400. */
export interface EndpointError {
  code: string
  id: string
  message: string
  status?: number
}

export type EndpointErrors = Readonly<Record<string, EndpointError>>

/** How often one person (or one address, when anonymous) may call. Times in milliseconds. */
export interface EndpointLimit {
  max: number
  per: number
  /** Shortest time between two calls. */
  minInterval?: number
}

/** Who may call: anyone, anyone signed in, or those whose role says so. */
export type Auth = 'none' | 'required' | 'moderator' | 'admin'

type Me<A extends Auth> = A extends 'none' ? Principal | null : Principal

/** What `fail` returns; handlers hand it on. */
export class Failure {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** A file that came with a call. Unless it is kept elsewhere, it is gone after the call. */
export interface UploadedFile extends Received {
  /** What the sender calls it, which may be anything; empty for nothing. */
  name: string
}

/** One call of an endpoint that has passed the gate. */
export interface Call<P, A extends Auth, E extends EndpointErrors> {
  ctx: Ctx
  params: P
  me: Me<A>
  /** Ends the call with one of the declared errors. */
  fail: (name: keyof E & string) => Failure
  /** What came along where the endpoint takes uploads; null for nothing. */
  file: UploadedFile | 'tooLarge' | null
  /** Every endpoint there is, by path. */
  endpoints: ReadonlyMap<string, Endpoint>
}

/** Everything there is to know about an endpoint: route, gate, validation, documentation and types come from it. */
export interface EndpointRecord<
  Path extends string,
  A extends Auth,
  P extends TSchema,
  R extends TSchema | null,
  E extends EndpointErrors,
> {
  path: Path
  /** One sentence for the documentation. */
  about: string
  auth: A
  /**
   * What an access token must hold. `any` lets every token through; null lets none through where a person is needed, and
   * every one where none is.
   */
  permission: Permission | 'any' | null
  /** Only for native tokens. */
  secure: boolean
  limit?: EndpointLimit
  /** A role policy that must be true for the caller. */
  policy?: PolicyName
  /** Refused to accounts that have moved away. */
  refusedToMoved?: true
  /** May be called by GET; an anonymous answer may be cached for so many seconds. */
  get?: { cache: number }
  /** Takes a form with a file in place of JSON, of so many bytes at most from a caller. */
  upload?: { largest(caller: Principal): number }
  params: P
  /** The answer; null for 204 without a body. */
  res: R
  errors: E
  handle(call: Call<Static<P>, A, E>): Promise<(R extends TSchema ? Static<R> : undefined) | Failure>
  /**
   * Answers for what was made by an earlier call with the same `Idempotency-Key`; undefined when it is gone. Only for
   * endpoints whose first transaction makes one thing and returns it with its id, and whose answer holds no secret.
   */
  again?(call: Call<Static<P>, A, E>, id: string): Promise<(R extends TSchema ? Static<R> : never) | undefined>
}

/** An endpoint whose own types are forgotten: what the gate and the documentation see. */
export type Endpoint = Omit<
  EndpointRecord<string, Auth, TSchema, TSchema | null, EndpointErrors>,
  'handle' | 'again'
> & {
  // biome-ignore lint/suspicious/noExplicitAny: each record checked its own handler against its own parameters
  handle(call: any): Promise<unknown>
  // biome-ignore lint/suspicious/noExplicitAny: as above
  again?(call: any, id: string): Promise<unknown>
}

/** Checks a record and keeps its types. */
export const endpoint = <
  const Path extends string,
  const A extends Auth,
  P extends TSchema,
  R extends TSchema | null,
  const E extends EndpointErrors,
>(
  record: EndpointRecord<Path, A, P, R, E>,
): EndpointRecord<Path, A, P, R, E> => record
