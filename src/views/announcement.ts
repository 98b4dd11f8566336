import type { Selectable } from 'kysely'
import type { AnnouncementTable } from '../db/schema/server.ts'
import { isoTimeOfId } from '../lib/id.ts'
import { isoTime } from '../lib/time.ts'
import type { Announcement } from './schema/announcement.ts'

/**
 * An announcement, as one reader sees it.
 * @param reader who is signed in and whether they have read it, null for nobody
 */
export function showAnnouncement(
  row: Selectable<AnnouncementTable>,
  reader: { id: string; isRead: boolean } | null,
): Announcement {
  return {
    id: row.id,
    createdAt: isoTimeOfId(row.id),
    updatedAt: isoTime(row.updatedAt),
    title: row.title,
    text: row.text,
    imageUrl: row.imageUrl,
    icon: row.icon,
    display: row.display,
    needConfirmationToRead: row.needConfirmationToRead,
    silence: row.silence,
    forYou: reader !== null && row.userId === reader.id,
    ...(reader && { isRead: reader.isRead }),
  }
}
