import Type, { type Static } from 'typebox'
import { grantsOf } from '../../db/queries/grants.ts'
import { isoTimeOfId } from '../../lib/id.ts'
import { endpoint } from '../endpoint.ts'
import { OneOf } from '../params.ts'

const item = Type.Object({
  id: Type.String(),
  name: Type.Optional(Type.String()),
  createdAt: Type.String(),
  lastUsedAt: Type.Optional(Type.String()),
  permission: Type.Array(Type.String()),
  iconUrl: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  description: Type.Optional(Type.Union([Type.String(), Type.Null()])),
})

export default endpoint({
  path: 'i/apps',
  about: 'The applications and tokens that may act for the caller.',
  auth: 'required',
  permission: null,
  secure: true,
  params: Type.Object({
    sort: Type.Optional(OneOf(['+createdAt', '-createdAt', '+lastUsedAt', '-lastUsedAt'])),
  }),
  res: Type.Array(item),
  errors: {},
  async handle({ ctx, params, me }) {
    const grants = await grantsOf(ctx.db, me.id, Date.now())
    return grants.sort(order(params.sort)).map((grant): Static<typeof item> => {
      const name = grant.name ?? grant.appName
      return {
        id: grant.id,
        ...(name !== null && { name }),
        createdAt: isoTimeOfId(grant.id),
        ...(grant.lastUsedAt !== null && { lastUsedAt: new Date(grant.lastUsedAt).toISOString() }),
        permission: grant.permission,
        iconUrl: grant.iconUrl,
        description: grant.description ?? grant.appDescription,
      }
    })
  },
})

type Row = { id: string; lastUsedAt: number | null }

/** `+` is newest first; those never used count as used longest ago. */
function order(sort: string | undefined): (a: Row, b: Row) => number {
  const byId = (a: Row, b: Row) => (a.id < b.id ? -1 : 1)
  const byUse = (a: Row, b: Row) => (a.lastUsedAt ?? 0) - (b.lastUsedAt ?? 0) || byId(a, b)
  if (sort === '+createdAt') return (a, b) => byId(b, a)
  if (sort === '+lastUsedAt') return (a, b) => byUse(b, a)
  return sort === '-lastUsedAt' ? byUse : byId
}
