import Type from 'typebox'
import { showRelations } from '../../views/relation.ts'
import { UserRelation } from '../../views/schema/relations.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

/** One id or a list of them, as one schema, so that an error names the rule that was broken. */
const OneOrMany = Type.Unsafe<string | string[]>({ ...Id(), type: ['string', 'array'], items: Id(), maxItems: 1000 })

export default endpoint({
  path: 'users/relation',
  about: 'What is between the caller and other people.',
  auth: 'required',
  permission: 'read:account',
  secure: false,
  params: Type.Object({ userId: OneOrMany }),
  res: Type.Array(UserRelation),
  errors: {},
  async handle({ ctx, params: { userId }, me }) {
    return showRelations(ctx, me.id, typeof userId === 'string' ? [userId] : userId)
  },
})
