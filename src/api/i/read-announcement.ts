import Type from 'typebox'
import { readAnnouncement } from '../../core/read-announcement.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'i/read-announcement',
  about: 'Notes that the caller has read an announcement.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  params: Type.Object({ announcementId: Id() }),
  res: null,
  errors: {},
  async handle({ ctx, params, me }) {
    await readAnnouncement(ctx, me.id, params.announcementId)
    return undefined
  },
})
