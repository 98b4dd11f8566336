import type { Bus } from './bus/bus.ts'
import type { Config } from './config/config.ts'
import type { Policies } from './config/policies.ts'
import type { ServerSettings } from './config/server-settings.ts'
import type { Database, Db } from './db/database.ts'
import type { ServerCounts } from './db/queries/counts.ts'
import type { RoleRow } from './db/queries/roles.ts'
import type { UserRow } from './db/queries/users.ts'
import type { AntennaRule } from './lib/antenna.ts'
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

/** An antenna that collects, ready to be held against notes. */
export interface KnownAntenna {
  id: string
  rule: AntennaRule
  userListId: string | null
  excludeNotesInSensitiveChannel: boolean
  /** Milliseconds since 1970. */
  lastUsedAt: number
}

/** The antennas that collect, as they stand in the database. */
export interface AntennaStore {
  /** Learns what has changed, in the transaction of a note; whether there are any antennas. */
  isAny(tx: Db): Promise<boolean>
  /** Those that may listen to a person of these names (in lower case): all but those of other people's names. */
  listeningTo(names: readonly string[]): KnownAntenna[]
  /** Lets go of those that turned out to be gone. */
  forget(ids: readonly string[]): void
}

/** People as they appear beside notes, remembered for a moment: the same few write most of what is read. */
export interface People {
  /** Those of the ids that there are, by id; some seconds old at most, and not older than what happened to them. */
  byIds(ids: readonly string[]): Promise<Map<string, UserRow>>
}

/** What is kept in memory of the database because nearly every call asks for it. */
export interface Memory {
  readonly people: People
  readonly antennas: AntennaStore
  /** How much there is, as it was some seconds ago. */
  readonly counts: () => Promise<ServerCounts>
}

/** Plants what is there at the start on an empty server. */
export type Seed = (ctx: Ctx) => Promise<void>

/** Everything a running server is made of. Built once by `server.ts`, passed to whoever needs it, kept nowhere else. */
export interface Ctx {
  /**
   * What the server was started with; `url` is the public origin, without a slash at the end, `seed` what a reset plants
   * again, `key` the server's own key (32 bytes), for what must be read back and for digests of short codes.
   */
  readonly config: Config & { readonly url: string; readonly seed: Seed | null; readonly key: Uint8Array }
  readonly db: Database['db']
  readonly transact: Database['transact']
  readonly bus: Bus
  readonly ids: Ids
  readonly settings: SettingsStore
  readonly memory: Memory
  readonly limits: Limits
  /** The only way to what is outside. */
  readonly egress: Egress
  readonly log: Log
}
