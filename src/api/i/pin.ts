import Type from 'typebox'
import { pinNote } from '../../core/pin-note.ts'
import { showMe } from '../../views/me.ts'
import { MeDetailed } from '../../views/schema/me-detailed.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'i/pin',
  about: 'Shows a note of one’s own at the top of one’s page.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({ noteId: Id() }),
  res: MeDetailed,
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: '56734f8b-3928-431e-bf80-6ff87df40cb3',
      message: 'You have no such note.',
    },
    pinLimitExceeded: {
      code: 'PIN_LIMIT_EXCEEDED',
      id: '72dab508-c64d-498f-8740-a8eec1ba385a',
      message: 'You have pinned as many notes as you may: take one off first.',
    },
    alreadyPinned: {
      code: 'ALREADY_PINNED',
      id: '8b18c2b7-68fe-4edb-9892-c0cbaeb6c913',
      message: 'The note is pinned already.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const pinned = await pinNote(ctx, me.id, params.noteId, me.policies.pinLimit)
    return typeof pinned === 'string' ? fail(pinned) : showMe(ctx, me, { secrets: false })
  },
})
