import type { Ctx } from '../context.ts'
import type { FollowLine } from '../db/queries/relation-lists.ts'
import { usersByIds } from '../db/queries/users.ts'
import { isoTimeOfId } from '../lib/id.ts'
import { isoTime } from '../lib/time.ts'
import type { Blocking, Following, FollowRequest, Muting, RenoteMuting } from './schema/relations.ts'
import { showUserLite, showUsersDetailed, type Viewer } from './user.ts'

/** Rows with the people they are about, by whose id `personOf` tells; rows of people who are gone by now are left out. */
async function withPeople<Row, Shown>(
  ctx: Ctx,
  viewer: Viewer | null,
  rows: readonly Row[],
  personOf: (row: Row) => string,
  show: (row: Row, person: Awaited<ReturnType<typeof showUsersDetailed>>[number]) => Shown,
): Promise<Shown[]> {
  const people = new Map((await showUsersDetailed(ctx, rows.map(personOf), viewer)).map((one) => [one.id, one]))
  return rows.flatMap((row) => {
    const person = people.get(personOf(row))
    return person ? [show(row, person)] : []
  })
}

const following = ({ id, followerId, followeeId }: FollowLine): Following => ({
  id,
  createdAt: isoTimeOfId(id),
  followeeId,
  followerId,
})

/** Follows with whoever follows. */
export const showFollowers = (ctx: Ctx, rows: readonly FollowLine[], viewer: Viewer | null): Promise<Following[]> =>
  withPeople(
    ctx,
    viewer,
    rows,
    ({ followerId }) => followerId,
    (row, follower) => ({ ...following(row), follower }),
  )

/** Follows with whoever is followed. */
export const showFollowees = (ctx: Ctx, rows: readonly FollowLine[], viewer: Viewer | null): Promise<Following[]> =>
  withPeople(
    ctx,
    viewer,
    rows,
    ({ followeeId }) => followeeId,
    (row, followee) => ({ ...following(row), followee }),
  )

interface MuteLine {
  id: string
  muteeId: string
}

export const showMutings = (
  ctx: Ctx,
  rows: readonly (MuteLine & { expiresAt: number | null })[],
  viewer: Viewer,
): Promise<Muting[]> =>
  withPeople(
    ctx,
    viewer,
    rows,
    ({ muteeId }) => muteeId,
    ({ id, muteeId, expiresAt }, mutee) => {
      return { id, createdAt: isoTimeOfId(id), expiresAt: isoTime(expiresAt), muteeId, mutee }
    },
  )

export const showRenoteMutings = (ctx: Ctx, rows: readonly MuteLine[], viewer: Viewer): Promise<RenoteMuting[]> =>
  withPeople(
    ctx,
    viewer,
    rows,
    ({ muteeId }) => muteeId,
    ({ id, muteeId }, mutee) => ({ id, createdAt: isoTimeOfId(id), muteeId, mutee }),
  )

export const showBlockings = (
  ctx: Ctx,
  rows: readonly { id: string; blockeeId: string }[],
  viewer: Viewer,
): Promise<Blocking[]> =>
  withPeople(
    ctx,
    viewer,
    rows,
    ({ blockeeId }) => blockeeId,
    ({ id, blockeeId }, blockee) => ({ id, createdAt: isoTimeOfId(id), blockeeId, blockee }),
  )

export async function showFollowRequests(ctx: Ctx, rows: readonly FollowLine[]): Promise<FollowRequest[]> {
  const ids = new Set(rows.flatMap(({ followerId, followeeId }) => [followerId, followeeId]))
  const people = new Map((await usersByIds(ctx.db, [...ids])).map((row) => [row.id, showUserLite(ctx, row)]))
  return rows.flatMap(({ id, followerId, followeeId }) => {
    const [follower, followee] = [people.get(followerId), people.get(followeeId)]
    return follower && followee ? [{ id, follower, followee }] : []
  })
}
