import Type from 'typebox'
import { react } from '../../../core/react.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'notes/reactions/create',
  about: 'Reacts to a note; another reaction of the caller gives way to it.',
  auth: 'required',
  permission: 'write:reactions',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({ noteId: Id(), reaction: Type.String() }),
  res: null,
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: '033d0620-5bfe-4027-965d-980b0c85a3ea',
      message: 'There is no such note, or you may not see it.',
    },
    alreadyReacted: {
      code: 'ALREADY_REACTED',
      id: '71efcf98-86d6-4e2b-b2ad-9d032369366b',
      message: 'You have reacted like this already.',
    },
    youHaveBeenBlocked: {
      code: 'YOU_HAVE_BEEN_BLOCKED',
      id: '20ef5475-9f38-4e4c-bd33-de6d979498ec',
      message: 'The author has blocked you.',
    },
    cannotReactToRenote: {
      code: 'CANNOT_REACT_TO_RENOTE',
      id: 'eaccdc08-ddef-43fe-908f-d108faad57f5',
      message: 'A renote takes no reactions: react to the note it shows.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const reacted = await react(ctx, me.id, params.noteId, params.reaction)
    return typeof reacted === 'string' ? fail(reacted) : undefined
  },
})
