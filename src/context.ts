import type { Bus } from './bus/bus.ts'
import type { Config } from './config/config.ts'
import type { Policies } from './config/policies.ts'
import type { ServerSettings } from './config/server-settings.ts'
import type { Database } from './db/database.ts'
import type { RoleRow } from './db/queries/roles.ts'
import type { Egress } from './lib/egress.ts'
import type { Ids } from './lib/id.ts'
import type { Limits } from './lib/limits.ts'

/** What is logged: a line of JSON with these fields and a message. Never secrets. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What a person's roles depend on: a row of people has it. */
export interface RoleHolder {
  id: string
  isBot: boolean
  isCat: boolean
  isLocked: boolean
  isExplorable: boolean
  isSuspended: boolean
  followersCount: number
  followingCount: number
  notesCount: number
  assignedRoles: string | null
}

/** What administrators have set, with defaults: settings, and roles, which are few. All of it is in memory. */
export interface SettingsStore {
  /** Another object after each time they were read. */
  current(): ServerSettings
  /** Every role by id, oldest first. */
  roles(): ReadonlyMap<string, RoleRow>
  /** The roles somebody has: those they were given and those whose condition they meet. */
  rolesOf(person: RoleHolder): readonly RoleRow[]
  /** What somebody may do, by their roles. */
  policiesOf(person: RoleHolder): Policies
  /** Reads them again. Whoever changes them waits for it; other processes are told by the bus. */
  reload(): Promise<void>
}

/** Plants what is there at the start on an empty server. */
export type Seed = (ctx: Ctx) => Promise<void>

/** Everything a running server is made of. Built once by `server.ts`, passed to whoever needs it, kept nowhere else. */
export interface Ctx {
  /**
   * What the server was started with; `url` is the public origin, without a slash at the end, `seed` what a reset plants
   * again.
   */
  readonly config: Config & { readonly url: string; readonly seed: Seed | null }
  readonly db: Database['db']
  readonly transact: Database['transact']
  readonly bus: Bus
  readonly ids: Ids
  /** The server's own key (32 bytes): for what must be read back, and digests of short codes. */
  readonly key: Uint8Array
  readonly settings: SettingsStore
  readonly limits: Limits
  /** The only way to what is outside. */
  readonly egress: Egress
  readonly log: Log
}
