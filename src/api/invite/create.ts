import { createInvitation, invitationQuota } from '../../core/create-invitation.ts'
import { MINUTE } from '../../lib/time.ts'
import { showNewInvitation } from '../../views/invitation.ts'
import { InviteCode } from '../../views/schema/invite-code.ts'
import { endpoint } from '../endpoint.ts'
import { NoParams } from '../params.ts'

export default endpoint({
  path: 'invite/create',
  about: 'Makes an invitation to sign up. The code is shown this once.',
  auth: 'required',
  permission: 'write:invite-codes',
  secure: false,
  policy: 'canInvite',
  params: NoParams,
  res: InviteCode,
  errors: {
    tooManyInvitations: {
      code: 'EXCEEDED_LIMIT_OF_CREATE_INVITE_CODE',
      id: '8b165dd3-6f37-4557-8db1-73175d63c641',
      message: 'You have made as many invitations as you may for now.',
    },
  },
  async handle({ ctx, me, fail }) {
    const { policies } = me
    const lifetime = policies.inviteExpirationTime * MINUTE
    const quota = me.isModerator ? null : invitationQuota(policies)
    const invitation = await createInvitation(ctx, me.id, lifetime > 0 ? Date.now() + lifetime : null, quota)
    return typeof invitation === 'string' ? fail(invitation) : showNewInvitation(invitation)
  },
})
