import Type from 'typebox'
import { shownTypes } from '../../views/notification.ts'
import { notificationTypes } from '../../views/schema/notification-config.ts'
import { boundParams, Flag, limitParam, OneOf } from '../params.ts'

/** Types that older servers had. Clients may name them; there are none of them. */
const obsolete = ['pollVote', 'groupInvited'] as const

const Types = Type.Optional(Type.Array(OneOf([...notificationTypes, ...obsolete]), { maxItems: 100 }))

export const notificationParams = Type.Object({
  ...limitParam(),
  ...boundParams,
  markAsRead: Flag(true),
  includeTypes: Types,
  excludeTypes: Types,
})

/** The types a caller wants, of those there are: what is wanted by name counts before what is not. */
export function typesOf({ includeTypes, excludeTypes }: Type.Static<typeof notificationParams>): string[] {
  if (includeTypes) return shownTypes.filter((type) => includeTypes.includes(type))
  return shownTypes.filter((type) => !excludeTypes?.includes(type))
}
