import Type from 'typebox'
import { removeAntenna } from '../../core/antenna.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'antennas/delete',
  about: 'Deletes one of the caller’s antennas.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  params: Type.Object({ antennaId: Id() }),
  res: null,
  errors: {
    noSuchAntenna: {
      code: 'NO_SUCH_ANTENNA',
      id: 'b34dcf9d-348f-44bb-99d0-6c9314cfe2df',
      message: 'You have no such antenna.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const removed = await removeAntenna(ctx, me.id, params.antennaId)
    return typeof removed === 'string' ? fail(removed) : undefined
  },
})
