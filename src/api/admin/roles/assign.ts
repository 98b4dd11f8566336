import Type from 'typebox'
import { assignRole } from '../../../core/assign-role.ts'
import { endpoint } from '../../endpoint.ts'
import { Id, Nullable, Time } from '../../params.ts'

export default endpoint({
  path: 'admin/roles/assign',
  about: 'Gives somebody a role, for good or until a moment.',
  auth: 'moderator',
  permission: 'write:admin:roles',
  secure: false,
  params: Type.Object({ roleId: Id(), userId: Id(), expiresAt: Type.Optional(Nullable(Time())) }),
  res: null,
  errors: {
    noSuchRole: {
      code: 'NO_SUCH_ROLE',
      id: '6503c040-6af4-4ed9-bf07-f2dd16678eab',
      message: 'There is no such role.',
    },
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '558ea170-f653-4700-94d0-5a818371d0df',
      message: 'There is no such person here.',
    },
    accessDenied: {
      code: 'ACCESS_DENIED',
      id: '25b5bc31-dc79-4ebd-9bd2-c84978fd052c',
      message: 'Only administrators give and take this role.',
    },
    alreadyAssigned: {
      code: 'ALREADY_ASSIGNED',
      id: '67d8689c-25c6-435f-8ced-631e4b81fce1',
      message: 'This person has the role already.',
    },
  },
  async handle({ ctx, params: { roleId, userId, expiresAt }, me, fail }) {
    const failure = await assignRole(ctx, { roleId, userId, by: me }, expiresAt ?? null)
    return failure && fail(failure)
  },
})
