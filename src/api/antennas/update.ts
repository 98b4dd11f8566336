import Type from 'typebox'
import { changeAntenna } from '../../core/antenna.ts'
import { showAntenna } from '../../views/antenna.ts'
import { Antenna } from '../../views/schema/antenna.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'
import { antennaParams } from './antenna-params.ts'

export default endpoint({
  path: 'antennas/update',
  about: 'Changes one of the caller’s antennas.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({ antennaId: Id(), ...Type.Partial(Type.Object(antennaParams)).properties }),
  res: Antenna,
  errors: {
    noSuchAntenna: {
      code: 'NO_SUCH_ANTENNA',
      id: '10c673ac-8852-48eb-aa1f-f5b67f069290',
      message: 'You have no such antenna.',
    },
    emptyKeyword: {
      code: 'EMPTY_KEYWORD',
      id: '721aaff6-4e1b-4d88-8de6-877fae9f68c4',
      message: 'Without any word the antenna would catch everything.',
    },
    noSuchUserList: {
      code: 'NO_SUCH_USER_LIST',
      id: '1c6b35c9-943e-48c2-81e4-2844989407f7',
      message: 'You have no such list.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const changed = await changeAntenna(ctx, me.id, params.antennaId, params)
    if (typeof changed === 'string') return fail(changed)
    return (await showAntenna(ctx, params.antennaId, me.id)) ?? fail('noSuchAntenna')
  },
})
