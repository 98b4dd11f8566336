import type { Ctx } from '../context.ts'
import { deleteTie, insertTie } from '../db/queries/channel-relations.ts'
import { channelById } from '../db/queries/channels.ts'
import { fillHome } from '../db/queries/fanout.ts'

type Done = { channelId: string } | 'noSuchChannel'

/** Makes a person follow a channel, whose notes come into their home timeline; following it twice is following it. */
export async function followChannel(ctx: Ctx, userId: string, channelId: string): Promise<Done> {
  return ctx.transact(async (tx, afterCommit) => {
    if (!(await channelById(tx, channelId))) return 'noSuchChannel'
    if (await insertTie(tx, 'channelFollowing', { id: ctx.ids.next(), userId, channelId })) {
      await fillHome(tx, userId, { channelId })
      afterCommit(() => ctx.bus.publish({ type: 'channelFollowing', channelId, userId, isFollowing: true }))
    }
    return { channelId }
  })
}

/** Ends that. What is in the home timeline of it is not shown any more. */
export async function unfollowChannel(ctx: Ctx, userId: string, channelId: string): Promise<Done> {
  return ctx.transact(async (tx, afterCommit) => {
    if (!(await channelById(tx, channelId))) return 'noSuchChannel'
    if (await deleteTie(tx, 'channelFollowing', userId, channelId))
      afterCommit(() => ctx.bus.publish({ type: 'channelFollowing', channelId, userId, isFollowing: false }))
    return { channelId }
  })
}

/** Marks a channel as a person's favourite; marking it twice is marking it. */
export async function favoriteChannel(ctx: Ctx, userId: string, channelId: string): Promise<Done> {
  return ctx.transact(async (tx) => {
    if (!(await channelById(tx, channelId))) return 'noSuchChannel'
    await insertTie(tx, 'channelFavorite', { id: ctx.ids.next(), userId, channelId })
    return { channelId }
  })
}

/** Takes that mark away. */
export async function unfavoriteChannel(ctx: Ctx, userId: string, channelId: string): Promise<Done> {
  return ctx.transact(async (tx) => {
    if (!(await channelById(tx, channelId))) return 'noSuchChannel'
    await deleteTie(tx, 'channelFavorite', userId, channelId)
    return { channelId }
  })
}
