import Type from 'typebox'
import { memberPage } from '../../../db/queries/roles.ts'
import { isoTimeOfId } from '../../../lib/id.ts'
import { toPage } from '../../../lib/pagination.ts'
import { isoTime } from '../../../lib/time.ts'
import { showPeople } from '../../../views/people.ts'
import { closed, dateTime, id, nullable } from '../../../views/schema/fields.ts'
import { UserDetailed } from '../../../views/schema/user.ts'
import { endpoint } from '../../endpoint.ts'
import { boundParams, Id, limitParam } from '../../params.ts'

export default endpoint({
  path: 'admin/roles/users',
  about: 'Who was given a role, and until when.',
  auth: 'moderator',
  permission: 'read:admin:roles',
  secure: false,
  params: Type.Object({ roleId: Id(), ...boundParams, ...limitParam() }),
  res: Type.Array(closed({ id, createdAt: dateTime, user: UserDetailed, expiresAt: nullable(dateTime) })),
  errors: {
    noSuchRole: {
      code: 'NO_SUCH_ROLE',
      id: '224eff5e-2488-4b18-b3e7-f50d94421648',
      message: 'There is no such role.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    if (!ctx.settings.roles().has(params.roleId)) return fail('noSuchRole')
    const rows = await memberPage(ctx.db, params.roleId, Date.now(), toPage(params), { suspended: true })
    const people = await showPeople(
      ctx,
      rows.map(({ userId }) => userId),
      me,
    )
    return rows.flatMap(({ id, userId, expiresAt }) => {
      const user = people.get(userId)
      return user ? [{ id, createdAt: isoTimeOfId(id), user, expiresAt: isoTime(expiresAt) }] : []
    })
  },
})
