import { resetServer } from '../core/reset-server.ts'
import { emptyContent } from '../media/sweep.ts'
import { endpoint } from './endpoint.ts'
import { NoParams } from './params.ts'

export default endpoint({
  path: 'reset-db',
  about: 'Empties the server, or takes it back to its seed. Only where the server was started with allow-reset.',
  auth: 'none',
  permission: null,
  secure: false,
  params: NoParams,
  res: null,
  errors: {
    notAllowed: {
      code: 'RESET_NOT_ALLOWED',
      id: 'c1a9c7a6-2a0b-4b6c-8e0f-6d3f5b7c9a10',
      status: 403,
      message: 'This server was not started with allow-reset, so it cannot be emptied.',
    },
  },
  async handle({ ctx, fail }) {
    if (!ctx.config.allowReset) return fail('notAllowed')
    await resetServer(ctx)
    await emptyContent(ctx)
    return undefined
  },
})
