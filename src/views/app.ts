import type { Ctx } from '../context.ts'
import { type AppRow, authorizedAmong } from '../db/queries/apps.ts'
import type { App } from './schema/app.ts'

/** Registered applications; for someone signed in with whether they have allowed each something. Never with a secret. */
export async function showApps(ctx: Ctx, rows: readonly AppRow[], viewer: { id: string } | null): Promise<App[]> {
  const ids = rows.map(({ id }) => id)
  const authorized = viewer && (await authorizedAmong(ctx.db, viewer.id, ids, Date.now()))
  return rows.map(({ id, name, callbackUrl, permission }) => ({
    id,
    name,
    callbackUrl,
    permission,
    ...(authorized && { isAuthorized: authorized.has(id) }),
  }))
}

export async function showApp(ctx: Ctx, row: AppRow, viewer: { id: string } | null): Promise<App> {
  const [app] = await showApps(ctx, [row], viewer)
  return app!
}
