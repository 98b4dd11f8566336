import Type from 'typebox'
import { grantOfToken, revokeGrant } from '../../access/grant.ts'
import type { Ctx } from '../../context.ts'
import { grantsOf } from '../../db/queries/grants.ts'
import { endpoint } from '../endpoint.ts'
import { Id, Nullable } from '../params.ts'

export default endpoint({
  path: 'i/revoke-token',
  about: 'Ends a grant and its tokens. An application can end its own and no other.',
  auth: 'required',
  permission: 'any',
  secure: false,
  params: Type.Unsafe<{ tokenId?: string; token?: string | null }>({
    type: 'object',
    properties: { tokenId: Id(), token: Nullable(Type.String({ maxLength: 512 })) },
    anyOf: [{ required: ['tokenId'] }, { required: ['token'] }],
  }),
  res: null,
  errors: {
    permissionDenied: {
      code: 'PERMISSION_DENIED',
      id: 'fc20d118-5705-4462-b6c5-2b5b43092cf3',
      status: 403,
      message: 'An application can revoke its own token only.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const grantId = await wanted(ctx, me.id, params)
    if (grantId === null) return undefined
    if (me.credential.kind === 'access' && me.credential.grantId !== grantId) return fail('permissionDenied')
    await revokeGrant(ctx, me.id, grantId)
    return undefined
  },
})

/** The caller's grant that is meant; null when there is none, or none any more, which is as good as revoked. */
async function wanted(ctx: Ctx, userId: string, params: { tokenId?: string; token?: string | null }) {
  if (params.tokenId === undefined) return params.token ? grantOfToken(ctx, userId, params.token) : null
  const own = await grantsOf(ctx.db, userId, Date.now())
  return own.find(({ id }) => id === params.tokenId)?.id ?? null
}
