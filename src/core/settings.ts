import type { Bus } from '../bus/bus.ts'
import { policiesOfRoles, policiesWith } from '../config/policies.ts'
import { defaultServerSettings, type Registration, type ServerSettings } from '../config/server-settings.ts'
import type { Ctx, SettingsStore } from '../context.ts'
import type { Db } from '../db/database.ts'
import { allRoles, type RoleRow } from '../db/queries/roles.ts'
import { putSetting, settingsByName } from '../db/queries/settings.ts'
import { SECOND } from '../lib/time.ts'
import { rolesOf } from './roles-of.ts'

/** The command line changes settings too, and has no bus to the running server. */
export const RELOAD_EVERY = 5 * SECOND

/** Reads the server's settings and roles, and again whenever another process has changed them. */
export async function openSettings(
  db: Db,
  bus: Bus,
  onError: (error: Error) => void,
): Promise<{ store: SettingsStore; close(): void }> {
  let state: State = { settings: defaultServerSettings, roles: new Map() }
  // Several may read at once, and not come back in order: what was read earlier never replaces what was read later.
  let begun = 0
  let kept = 0
  const store: SettingsStore = {
    current: () => state.settings,
    roles: () => state.roles,
    rolesOf: (person) => rolesOf(state.roles, person),
    policiesOf(person) {
      const said = rolesOf(state.roles, person).map(({ policies }) => policies)
      return policiesOfRoles(policiesWith(state.settings.policies), said)
    },
    async reload() {
      const turn = ++begun
      const read = await readState(db)
      if (turn < kept) return
      kept = turn
      state = read
    },
  }
  await store.reload()
  const reload = () => void store.reload().catch(onError)
  const leave = bus.subscribe((event) => {
    const isChange = event.type === 'settings' || (event.type === 'roles' && event.userId === null)
    if (isChange || event.type === 'gap') reload()
  })
  const timer = setInterval(reload, RELOAD_EVERY)
  timer.unref()
  return {
    store,
    close() {
      clearInterval(timer)
      leave()
    },
  }
}

interface State {
  settings: ServerSettings
  roles: ReadonlyMap<string, RoleRow>
}

async function readState(db: Db): Promise<State> {
  const stored = Object.entries(await settingsByName(db))
  const known = stored.filter(([name]) => Object.hasOwn(defaultServerSettings, name))
  const roles = await allRoles(db)
  return {
    settings: { ...defaultServerSettings, ...Object.fromEntries(known) },
    roles: new Map(roles.map((role) => [role.id, role])),
  }
}

/** Who may sign up now: what an administrator has set, else what the server was started with. */
export const registrationOf = (ctx: Ctx): Registration => ctx.settings.current().registration ?? ctx.config.registration

/** Changes settings; every process follows. */
export async function changeSettings(ctx: Ctx, changes: Partial<ServerSettings>): Promise<void> {
  await ctx.transact(async (tx, afterCommit) => {
    for (const [name, value] of Object.entries(changes)) await putSetting(tx, name, value)
    afterCommit(() => ctx.bus.publish({ type: 'settings' }))
  })
  await ctx.settings.reload()
}
