import Type from 'typebox'
import { showRelations } from '../../views/relation.ts'
import { UserRelation } from '../../views/schema/relations.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'users/relation',
  about: 'What is between the caller and other people.',
  auth: 'required',
  permission: 'read:account',
  secure: false,
  params: Type.Object({ userId: Type.Union([Id(), Type.Array(Id(), { maxItems: 1000 })]) }),
  res: Type.Array(UserRelation),
  errors: {},
  async handle({ ctx, params: { userId }, me }) {
    return showRelations(ctx, me.id, typeof userId === 'string' ? [userId] : userId)
  },
})
