import { type Selectable, sql } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import type { AnnouncementTable } from '../schema/server.ts'

export type AnnouncementRow = Selectable<AnnouncementTable>

const readBy = (viewer: string | null) =>
  sql<number>`case when exists (select 1 from "announcementRead" where "announcementId" = "announcement"."id" and "userId" = ${viewer ?? ''}) then 1 else 0 end`

/** A page of the announcements to everyone and to the viewer; `isRead` is 1 where the viewer has read it. */
export const announcementPage = (db: Db, viewer: string | null, isActive: boolean, page: Page) =>
  db
    .selectFrom('announcement')
    .selectAll()
    .select(readBy(viewer).as('isRead'))
    .where('isActive', '=', isActive)
    .where((row) => row.or([row('userId', 'is', null), row('userId', '=', viewer ?? '')]))
    .where('id', '>', page.since ?? '')
    .where('id', '<', page.until ?? '~')
    .orderBy('id', page.order)
    .limit(page.limit)
    .execute()

/** Announcements a person has not read and is to be told of, latest first. */
export const unreadAnnouncements = (db: Db, userId: string): Promise<AnnouncementRow[]> => unread(db, { userId })

const unread = prepared((db, p: Parameters<{ userId: string }>) =>
  db
    .selectFrom('announcement')
    .selectAll()
    .where('isActive', '=', sql.lit(true))
    .where('silence', '=', sql.lit(false))
    .where((row) => row.or([row('userId', 'is', null), row('userId', '=', p.userId)]))
    // Ids tell the time: one for existing people is not for those who came after it.
    .where((row) => row.or([row('forExistingUsers', '=', sql.lit(false)), row('id', '>', p.userId)]))
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('announcementRead')
            .select('announcementId')
            .whereRef('announcementId', '=', 'announcement.id')
            .where('announcementRead.userId', '=', p.userId),
        ),
      ),
    )
    .orderBy('id', 'desc'),
)

/** Notes that a person has read an announcement that they can see; false when there is none, or it was noted before. */
export async function insertAnnouncementRead(tx: Db, userId: string, announcementId: string): Promise<boolean> {
  const row = await tx
    .insertInto('announcementRead')
    .columns(['userId', 'announcementId'])
    .expression((from) =>
      from
        .selectFrom('announcement')
        .select([sql<string>`${userId}`.as('userId'), 'id'])
        .where('id', '=', announcementId)
        .where((row) => row.or([row('userId', 'is', null), row('userId', '=', userId)])),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('announcementId')
    .executeTakeFirst()
  return row !== undefined
}
