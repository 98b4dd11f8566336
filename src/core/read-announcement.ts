import type { Ctx } from '../context.ts'
import { insertAnnouncementRead, unreadAnnouncements } from '../db/queries/announcements.ts'

/** Notes that a person has read an announcement; nothing happens when it is not for them, or read. */
export async function readAnnouncement(ctx: Ctx, userId: string, announcementId: string): Promise<void> {
  await ctx.transact(async (tx, afterCommit) => {
    if (!(await insertAnnouncementRead(tx, userId, announcementId))) return
    if ((await unreadAnnouncements(tx, userId)).length > 0) return
    afterCommit(() => ctx.bus.publish({ type: 'announcementsRead', userId }))
  })
}
