import Type from 'typebox'
import { hashtagsByUse } from '../../db/queries/hashtags.ts'
import { showHashtag } from '../../views/hashtag.ts'
import { Hashtag } from '../../views/schema/hashtag.ts'
import { endpoint } from '../endpoint.ts'
import { Flag, limitParam, OneOf } from '../params.ts'

const sorts = [
  '+mentionedUsers',
  '-mentionedUsers',
  '+mentionedLocalUsers',
  '-mentionedLocalUsers',
  '+mentionedRemoteUsers',
  '-mentionedRemoteUsers',
  '+attachedUsers',
  '-attachedUsers',
  '+attachedLocalUsers',
  '-attachedLocalUsers',
  '+attachedRemoteUsers',
  '-attachedRemoteUsers',
] as const

export default endpoint({
  path: 'hashtags/list',
  about: 'Hashtags by how many people use them in notes or in their profiles; a plus puts the most used first.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({
    ...limitParam(),
    attachedToUserOnly: Flag(false),
    attachedToLocalUserOnly: Flag(false),
    attachedToRemoteUserOnly: Flag(false),
    sort: OneOf(sorts),
  }),
  res: Type.Array(Hashtag),
  errors: {},
  async handle({ ctx, params }) {
    const { limit = 10, sort, attachedToUserOnly, attachedToLocalUserOnly, attachedToRemoteUserOnly } = params
    // Nobody here is of another server, so that nobody there uses any.
    if (attachedToRemoteUserOnly) return []
    const by = sort.includes('attached') ? 'attachedUsersCount' : 'mentionedUsersCount'
    const inProfiles = (attachedToUserOnly || attachedToLocalUserOnly) ?? false
    const rows = await hashtagsByUse(ctx.db, by, sort.startsWith('+') ? 'desc' : 'asc', { limit, inProfiles })
    return rows.map(showHashtag)
  },
})
