import Type from 'typebox'
import { antennasOf } from '../../db/queries/antennas.ts'
import { presentAntenna } from '../../views/antenna.ts'
import { Antenna } from '../../views/schema/antenna.ts'
import { endpoint } from '../endpoint.ts'
import { NoParams } from '../params.ts'

export default endpoint({
  path: 'antennas/list',
  about: 'The caller’s antennas.',
  auth: 'required',
  permission: 'read:account',
  secure: false,
  params: NoParams,
  res: Type.Array(Antenna),
  errors: {},
  async handle({ ctx, me }) {
    return (await antennasOf(ctx.db, me.id)).map(presentAntenna)
  },
})
