import Type from 'typebox'
import { capacityOf } from '../core/add-file.ts'
import { driveUsage } from '../db/queries/drive-usage.ts'
import { endpoint } from './endpoint.ts'
import { NoParams } from './params.ts'

export default endpoint({
  path: 'drive',
  about: 'How many bytes the caller’s files have, and how many they may have.',
  auth: 'required',
  permission: 'read:drive',
  secure: false,
  params: NoParams,
  res: Type.Object({ capacity: Type.Number(), usage: Type.Number() }),
  errors: {},
  async handle({ ctx, me }) {
    return { capacity: capacityOf(me.policies), usage: await driveUsage(ctx.db, me.id) }
  },
})
