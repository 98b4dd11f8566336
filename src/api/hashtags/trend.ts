import Type from 'typebox'
import { trendCharts, trendingTags } from '../../db/queries/hashtag-trends.ts'
import { closed } from '../../views/schema/fields.ts'
import { endpoint } from '../endpoint.ts'
import { NoParams } from '../params.ts'

const SHOWN = 10

export default endpoint({
  path: 'hashtags/trend',
  about: 'The hashtags that most people use just now, and how many did in every ten minutes, the latest first.',
  auth: 'none',
  permission: null,
  secure: false,
  get: { cache: 60 },
  params: NoParams,
  res: Type.Array(closed({ tag: Type.String(), chart: Type.Array(Type.Integer()), usersCount: Type.Integer() })),
  errors: {},
  async handle({ ctx }) {
    const now = Date.now()
    const charts = await trendCharts(ctx.db, await trendingTags(ctx.db, now, SHOWN), now)
    return [...charts].map(([tag, chart]) => ({ tag, chart, usersCount: Math.max(...chart) }))
  },
})
