import Type from 'typebox'
import { component, refTo } from './component.ts'
import { dateTime, id, nullable } from './fields.ts'
import { UserLite } from './user-lite.ts'

export const inviteCodeSchema = component('InviteCode', {
  id,
  code: Type.String(),
  createdAt: dateTime,
  expiresAt: nullable(dateTime),
  createdBy: nullable(UserLite),
  usedBy: nullable(UserLite),
  usedAt: nullable(dateTime),
  used: Type.Boolean(),
})
export const InviteCode = refTo(inviteCodeSchema)
export type InviteCode = Type.Static<typeof InviteCode>
