import Type from 'typebox'
import { createAntenna } from '../../core/antenna.ts'
import { showAntenna } from '../../views/antenna.ts'
import { Antenna } from '../../views/schema/antenna.ts'
import { endpoint } from '../endpoint.ts'
import { antennaParams } from './antenna-params.ts'

export default endpoint({
  path: 'antennas/create',
  about: 'Makes an antenna, which collects notes from now on.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  refusedToMoved: true,
  params: Type.Object(antennaParams),
  res: Antenna,
  errors: {
    emptyKeyword: {
      code: 'EMPTY_KEYWORD',
      id: '53ee222e-1ddd-4f9a-92e5-9fb82ddb463a',
      message: 'Without any word the antenna would catch everything.',
    },
    tooManyAntennas: {
      code: 'TOO_MANY_ANTENNAS',
      id: 'faf47050-e8b5-438c-913c-db2b1576fde4',
      message: 'You have as many antennas as you may.',
    },
    noSuchUserList: {
      code: 'NO_SUCH_USER_LIST',
      id: '95063e93-a283-4b8b-9aa5-bcdb8df69a7f',
      message: 'You have no such list.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const made = await createAntenna(ctx, me.id, params, me.policies.antennaLimit)
    if (typeof made === 'string') return fail(made)
    return (await showAntenna(ctx, made.id, me.id)) ?? fail('tooManyAntennas')
  },
  again: ({ ctx, me }, id) => showAntenna(ctx, id, me.id),
})
