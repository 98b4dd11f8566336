import Type from 'typebox'
import { showAntenna } from '../../views/antenna.ts'
import { Antenna } from '../../views/schema/antenna.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'antennas/show',
  about: 'One of the caller’s antennas.',
  auth: 'required',
  permission: 'read:account',
  secure: false,
  params: Type.Object({ antennaId: Id() }),
  res: Antenna,
  errors: {
    noSuchAntenna: {
      code: 'NO_SUCH_ANTENNA',
      id: 'c06569fb-b025-4f23-b22d-1fcd20d2816b',
      message: 'You have no such antenna.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    return (await showAntenna(ctx, params.antennaId, me.id)) ?? fail('noSuchAntenna')
  },
})
