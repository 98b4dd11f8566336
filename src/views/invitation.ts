import { isoTimeOfId } from '../lib/id.ts'
import { isoTime } from '../lib/time.ts'
import type { InviteCode } from './schema/invite-code.ts'

/** An invitation as whoever made it is shown it, once. */
export const showNewInvitation = (row: { id: string; code: string; expiresAt: number | null }): InviteCode => ({
  id: row.id,
  code: row.code,
  createdAt: isoTimeOfId(row.id),
  expiresAt: isoTime(row.expiresAt),
  createdBy: null,
  usedBy: null,
  usedAt: null,
  used: false,
})
