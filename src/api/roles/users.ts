import Type from 'typebox'
import { memberPage } from '../../db/queries/roles.ts'
import { toPage } from '../../lib/pagination.ts'
import { showPeople } from '../../views/people.ts'
import { closed, id } from '../../views/schema/fields.ts'
import { UserDetailed } from '../../views/schema/user.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, Id, limitParam } from '../params.ts'

export default endpoint({
  path: 'roles/users',
  about: 'Who was given a public role whose members can be looked at.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ roleId: Id(), ...boundParams, ...limitParam() }),
  res: Type.Array(closed({ id, user: UserDetailed })),
  errors: {
    noSuchRole: {
      code: 'NO_SUCH_ROLE',
      id: '30aaaee3-4792-48dc-ab0d-cf501a575ac5',
      message: 'There is no such role, or its members cannot be looked at.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const role = ctx.settings.roles().get(params.roleId)
    if (!role?.isPublic || !role.isExplorable) return fail('noSuchRole')
    const suspended = me?.isModerator ?? false
    const rows = await memberPage(ctx.db, role.id, Date.now(), toPage(params), { suspended })
    const people = await showPeople(
      ctx,
      rows.map(({ userId }) => userId),
      me,
    )
    return rows.flatMap(({ id, userId }) => {
      const user = people.get(userId)
      return user ? [{ id, user }] : []
    })
  },
})
