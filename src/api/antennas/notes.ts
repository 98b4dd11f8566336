import Type from 'typebox'
import { useAntenna } from '../../core/antenna.ts'
import { antennaNoteIds } from '../../db/queries/antenna-notes.ts'
import { ownAntenna } from '../../db/queries/antennas.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, Id, limitParam } from '../params.ts'

export default endpoint({
  path: 'antennas/notes',
  about: 'The notes that one of the caller’s antennas has caught, the latest two hundred.',
  auth: 'required',
  permission: 'read:account',
  secure: false,
  params: Type.Object({ antennaId: Id(), ...limitParam(), ...boundParams }),
  res: Type.Array(Note),
  errors: {
    noSuchAntenna: {
      code: 'NO_SUCH_ANTENNA',
      id: '850926e0-fd3b-49b6-b69a-b28a5dbd82fe',
      message: 'You have no such antenna.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const antenna = await ownAntenna(ctx.db, params.antennaId, me.id)
    if (!antenna) return fail('noSuchAntenna')
    await useAntenna(ctx, antenna)
    return showNotes(ctx, await antennaNoteIds(ctx.db, me.id, { antenna: antenna.id }, toPage(params)), me)
  },
})
