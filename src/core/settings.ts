import type { Bus } from '../bus/bus.ts'
import { defaultServerSettings, type Registration, type ServerSettings } from '../config/server-settings.ts'
import type { Ctx, SettingsStore } from '../context.ts'
import type { Db } from '../db/database.ts'
import { putSetting, settingsByName } from '../db/queries/settings.ts'
import { SECOND } from '../lib/time.ts'

/** The command line changes settings too, and has no bus to the running server. */
const RELOAD_EVERY = 5 * SECOND

/** Reads the server's settings, and again whenever another process has changed them. */
export async function openSettings(
  db: Db,
  bus: Bus,
  onError: (error: Error) => void,
): Promise<{ store: SettingsStore; close(): void }> {
  let current = defaultServerSettings
  const store: SettingsStore = {
    current: () => current,
    async reload() {
      const stored = Object.entries(await settingsByName(db))
      const known = stored.filter(([name]) => Object.hasOwn(defaultServerSettings, name))
      current = { ...defaultServerSettings, ...Object.fromEntries(known) }
    },
  }
  await store.reload()
  const reload = () => void store.reload().catch(onError)
  const leave = bus.subscribe((event) => {
    if (event.type === 'settings' || event.type === 'gap') reload()
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
