import Type from 'typebox'
import { unsubscribe } from '../../core/subscribe.ts'
import { endpoint } from '../endpoint.ts'
import { Endpoint } from './registration.ts'

export default endpoint({
  path: 'sw/unregister',
  about: 'Ends sending notifications to a browser: the caller’s, or anybody’s for whoever knows its address.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ endpoint: Endpoint }),
  res: null,
  errors: {},
  async handle({ ctx, params, me }) {
    await unsubscribe(ctx, params.endpoint, me?.id ?? null)
    return undefined
  },
})
