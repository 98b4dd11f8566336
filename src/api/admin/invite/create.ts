import Type from 'typebox'
import { createInvitation } from '../../../core/create-invitation.ts'
import { showNewInvitation } from '../../../views/invitation.ts'
import { InviteCode } from '../../../views/schema/invite-code.ts'
import { endpoint } from '../../endpoint.ts'
import { Nullable } from '../../params.ts'

export default endpoint({
  path: 'admin/invite/create',
  about: 'Makes invitations to sign up. The codes are shown this once.',
  auth: 'moderator',
  permission: 'write:admin:invite-codes',
  secure: false,
  params: Type.Object({
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 1 })),
    expiresAt: Type.Optional(Nullable(Type.String({ maxLength: 64 }))),
  }),
  res: Type.Array(InviteCode),
  errors: {
    invalidDateTime: {
      code: 'INVALID_DATE_TIME',
      id: 'f1380b15-3760-4c6c-a1db-5c3aaf1cbd49',
      message: 'expiresAt is not a time, or has passed.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const end = params.expiresAt ? Date.parse(params.expiresAt) : null
    if (end !== null && !(end > Date.now())) return fail('invalidDateTime')
    const invitations = []
    for (let made = 0; made < (params.count ?? 1); made++) {
      const invitation = await createInvitation(ctx, me.id, end)
      if (typeof invitation !== 'string') invitations.push(showNewInvitation(invitation))
    }
    return invitations
  },
})
