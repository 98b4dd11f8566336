import Type from 'typebox'
import { announcementPage } from '../db/queries/announcements.ts'
import { toPage } from '../lib/pagination.ts'
import { showAnnouncement } from '../views/announcement.ts'
import { Announcement } from '../views/schema/announcement.ts'
import { endpoint } from './endpoint.ts'
import { boundParams, Flag, limitParam } from './params.ts'

export default endpoint({
  path: 'announcements',
  about: 'Announcements to everyone, and to the person who asks.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ ...limitParam(), ...boundParams, isActive: Flag(true) }),
  res: Type.Array(Announcement),
  errors: {},
  async handle({ ctx, params, me }) {
    const rows = await announcementPage(ctx.db, me?.id ?? null, params.isActive ?? true, toPage(params))
    return rows.map((row) => showAnnouncement(row, me && { id: me.id, isRead: row.isRead === 1 }))
  },
})
