import Type from 'typebox'
import { follow } from '../../core/follow.ts'
import { HOUR } from '../../lib/time.ts'
import { UserLite } from '../../views/schema/user-lite.ts'
import { showUserLite } from '../../views/user.ts'
import { endpoint } from '../endpoint.ts'
import { Flag, Id } from '../params.ts'

export default endpoint({
  path: 'following/create',
  about: 'Follows a person, or asks them for it when they decide themselves who follows them.',
  auth: 'required',
  permission: 'write:following',
  secure: false,
  refusedToMoved: true,
  limit: { max: 100, per: HOUR },
  params: Type.Object({ userId: Id(), withReplies: Flag(false) }),
  res: UserLite,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: 'fcd2eef9-a9b2-4c4f-8624-038099e90aa5',
      message: 'There is no such person here.',
    },
    followeeIsYourself: {
      code: 'FOLLOWEE_IS_YOURSELF',
      id: '26fbe7bb-a331-4857-af17-205b426669a9',
      message: 'Nobody follows themselves.',
    },
    alreadyFollowing: {
      code: 'ALREADY_FOLLOWING',
      id: '35387507-38c7-4cb9-9197-300b93783fa0',
      message: 'You follow this person already.',
    },
    blocking: {
      code: 'BLOCKING',
      id: '4e2206ec-aa4f-4960-b865-6c23ac38e2d9',
      message: 'You block this person. End the block to follow them.',
    },
    blocked: {
      code: 'BLOCKED',
      id: 'c4ab57cc-4e41-45e9-bfd9-584f61e35ce0',
      message: 'This person blocks you.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const person = await follow(ctx, me.id, params.userId, params.withReplies ?? false)
    return typeof person === 'string' ? fail(person) : showUserLite(ctx, person)
  },
})
