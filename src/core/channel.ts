import type { Ctx } from '../context.ts'
import type { Db } from '../db/database.ts'
import { type ChannelChanges, channelById, insertChannel, updateChannel } from '../db/queries/channels.ts'
import { ownFiles } from '../db/queries/drive-files.ts'
import { toJson } from '../db/schema/json.ts'
import { foldText } from '../lib/fold-text.ts'

/** What is said of a channel; what is left out stays as it is, or is as by default. */
export interface ChannelRequest {
  name: string | undefined
  description: string | null | undefined
  bannerId: string | null | undefined
  color: string | undefined
  isSensitive: boolean | undefined
  allowRenoteToExternal: boolean | undefined
}

/** Makes a channel. */
export async function createChannel(
  ctx: Ctx,
  userId: string,
  request: ChannelRequest & { name: string },
): Promise<{ id: string } | 'noSuchFile'> {
  return ctx.transact(async (tx) => {
    if (!(await isOwnOrNone(tx, userId, request.bannerId))) return 'noSuchFile'
    const id = ctx.ids.next()
    const { name, description = null } = request
    await insertChannel(tx, {
      ...{ id, userId, name, description, pinnedNoteIds: toJson([]) },
      ...changesOf(request),
    })
    return { id }
  })
}

export type UpdateChannelFailure = 'noSuchChannel' | 'accessDenied' | 'noSuchFile'

/**
 * Changes a channel.
 * @param by who asks; others' channels are for moderators
 */
export async function changeChannel(
  ctx: Ctx,
  channelId: string,
  by: { id: string; isModerator: boolean },
  request: ChannelRequest & { isArchived: boolean | undefined; pinnedNoteIds: readonly string[] | undefined },
): Promise<{ id: string } | UpdateChannelFailure> {
  return ctx.transact(async (tx) => {
    const channel = await channelById(tx, channelId)
    if (!channel) return 'noSuchChannel'
    if (channel.userId !== by.id && !by.isModerator) return 'accessDenied'
    if (!(await isOwnOrNone(tx, by.id, request.bannerId))) return 'noSuchFile'
    const { isArchived, pinnedNoteIds } = request
    await updateChannel(tx, channelId, {
      ...changesOf(request),
      ...(isArchived !== undefined && { isArchived }),
      ...(pinnedNoteIds && { pinnedNoteIds: toJson([...new Set(pinnedNoteIds)]) }),
    })
    return { id: channelId }
  })
}

async function isOwnOrNone(tx: Db, userId: string, fileId: string | null | undefined): Promise<boolean> {
  return fileId == null || (await ownFiles(tx, userId, [fileId])).length > 0
}

function changesOf(request: ChannelRequest): ChannelChanges {
  const { name, description, bannerId, color, isSensitive, allowRenoteToExternal } = request
  return {
    ...(name !== undefined && { name, foldedName: foldText(name) }),
    ...(description !== undefined && { description, foldedDescription: foldText(description ?? '') }),
    ...(bannerId !== undefined && { bannerId }),
    ...(color !== undefined && { color }),
    ...(isSensitive !== undefined && { isSensitive }),
    ...(allowRenoteToExternal !== undefined && { allowRenoteToExternal }),
  }
}
