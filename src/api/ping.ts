import Type from 'typebox'
import { endpoint } from './endpoint.ts'
import { NoParams } from './params.ts'

export default endpoint({
  path: 'ping',
  about: 'Answers with the server’s clock, in milliseconds since 1970.',
  auth: 'none',
  permission: null,
  secure: false,
  params: NoParams,
  res: Type.Object({ pong: Type.Integer() }),
  errors: {},
  async handle() {
    return { pong: Date.now() }
  },
})
