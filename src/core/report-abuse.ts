import type { Ctx } from '../context.ts'
import { insertAbuseReport } from '../db/queries/abuse-reports.ts'
import { userById } from '../db/queries/users.ts'

export type ReportFailure = 'noSuchUser' | 'cannotReportYourself' | 'cannotReportTheAdmin'

/** Tells the moderators of something a person did. */
export async function reportAbuse(
  ctx: Ctx,
  reporterId: string,
  targetUserId: string,
  comment: string,
): Promise<ReportFailure | undefined> {
  return ctx.transact(async (tx) => {
    const target = await userById(tx, targetUserId)
    if (!target || target.isDeleted) return 'noSuchUser'
    if (targetUserId === reporterId) return 'cannotReportYourself'
    const isRoot = ctx.settings.current().rootUserId === targetUserId
    if (isRoot || ctx.settings.rolesOf(target).some((role) => role.isAdministrator)) return 'cannotReportTheAdmin'
    await insertAbuseReport(tx, { id: ctx.ids.next(), targetUserId, reporterId, comment })
    return undefined
  })
}
