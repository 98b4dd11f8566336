import Type from 'typebox'
import { endpoint } from './endpoint.ts'
import { NoParams } from './params.ts'

export default endpoint({
  path: 'endpoints',
  about: 'The names of all endpoints there are.',
  auth: 'none',
  permission: null,
  secure: false,
  params: NoParams,
  res: Type.Array(Type.String()),
  errors: {},
  async handle({ endpoints }) {
    return [...endpoints.keys()].sort()
  },
})
