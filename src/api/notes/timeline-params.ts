import Type, { type Static } from 'typebox'
import type { TimelineFilter } from '../../db/queries/timeline-conditions.ts'
import { boundParams, Flag, limitParam } from '../params.ts'

/** Parameters of every timeline. `allowPartial` lets other servers answer short pages sooner; here pages are full. */
export const timelineParams = {
  ...limitParam(),
  ...boundParams,
  allowPartial: Flag(false),
  withFiles: Flag(false),
  withRenotes: Flag(true),
}

/** Parameters of the timelines that hold one's own notes. */
export const ownTimelineParams = {
  ...timelineParams,
  includeMyRenotes: Flag(true),
  includeRenotedMyNotes: Flag(true),
  includeLocalRenotes: Flag(true),
}

const known = Type.Object({ ...ownTimelineParams, withReplies: Flag(false) })

/** What the parameters leave out; those an endpoint does not have leave nothing out. */
export const filterOf = (params: Static<typeof known>): TimelineFilter => ({
  withRenotes: params.withRenotes ?? true,
  withFiles: params.withFiles ?? false,
  withReplies: params.withReplies ?? false,
  includeMyRenotes: params.includeMyRenotes ?? true,
  includeRenotedMyNotes: params.includeRenotedMyNotes ?? true,
  includeLocalRenotes: params.includeLocalRenotes ?? true,
})

/** Replies have files of their own so rarely that clients ask for one or the other. */
export const bothWithRepliesAndWithFiles = (id: string) => ({
  code: 'BOTH_WITH_REPLIES_AND_WITH_FILES',
  id,
  message: 'withReplies and withFiles cannot be asked for together.',
})
