import type { Ctx } from '../context.ts'
import type { Db } from '../db/database.ts'
import {
  type AntennaRow,
  antennasOf,
  deleteAntenna,
  insertAntenna,
  ownAntenna,
  updateAntenna,
} from '../db/queries/antennas.ts'
import { takeTurn } from '../db/queries/turns.ts'
import { ownList } from '../db/queries/user-lists.ts'
import { toJson } from '../db/schema/json.ts'
import { isWordless } from '../lib/antenna.ts'
import { HOUR } from '../lib/time.ts'

/** All that is said of an antenna. */
type Antenna = Omit<AntennaRow, 'id' | 'userId' | 'lastUsedAt'>

/** What is asked for; what is left out stays as it is, or is as by default. */
export type AntennaRequest = { readonly [K in keyof Antenna]?: Antenna[K] | undefined }

const blank: Antenna = {
  name: '',
  src: 'all',
  userListId: null,
  users: [],
  keywords: [],
  excludeKeywords: [],
  caseSensitive: false,
  localOnly: false,
  excludeBots: false,
  withReplies: false,
  withFile: false,
  excludeNotesInSensitiveChannel: false,
}

export type AntennaFailure = 'emptyKeyword' | 'noSuchUserList'

/**
 * Makes an antenna, which collects notes from now on.
 * @param limit how many the person may have
 */
export async function createAntenna(
  ctx: Ctx,
  userId: string,
  request: AntennaRequest,
  limit: number,
): Promise<{ id: string } | AntennaFailure | 'tooManyAntennas'> {
  const antenna = changed(blank, request)
  if (isEverything(antenna)) return 'emptyKeyword'
  return ctx.transact(async (tx, afterCommit) => {
    await takeTurn(tx, `antennas ${userId}`)
    if ((await antennasOf(tx, userId)).length >= limit) return 'tooManyAntennas'
    if (!(await mayListen(tx, antenna, userId))) return 'noSuchUserList'
    const id = ctx.ids.next()
    await insertAntenna(tx, { id, userId, lastUsedAt: Date.now(), ...stored(antenna) })
    afterCommit(() => ctx.bus.publish({ type: 'antenna', id, userId }))
    return { id }
  })
}

/** Changes what is given of a person's own antenna, and wakes it. What it has caught stays. */
export async function changeAntenna(
  ctx: Ctx,
  userId: string,
  id: string,
  request: AntennaRequest,
): Promise<{ id: string } | AntennaFailure | 'noSuchAntenna'> {
  return ctx.transact(async (tx, afterCommit) => {
    const before = await ownAntenna(tx, id, userId)
    if (!before) return 'noSuchAntenna'
    const antenna = changed(before, request)
    if (isEverything(antenna)) return 'emptyKeyword'
    if (!(await mayListen(tx, antenna, userId))) return 'noSuchUserList'
    await updateAntenna(tx, id, { lastUsedAt: Date.now(), ...stored(antenna) })
    afterCommit(() => ctx.bus.publish({ type: 'antenna', id, userId }))
    return { id }
  })
}

/** Deletes a person's own antenna. */
export async function removeAntenna(ctx: Ctx, userId: string, id: string): Promise<{ id: string } | 'noSuchAntenna'> {
  return ctx.transact(async (tx, afterCommit) => {
    if (!(await deleteAntenna(tx, id, userId))) return 'noSuchAntenna'
    afterCommit(() => ctx.bus.publish({ type: 'antenna', id, userId }))
    return { id }
  })
}

/** Remembers that somebody reads an antenna, to the hour; one that had stopped collecting begins again. */
export async function useAntenna(ctx: Ctx, { id, userId, lastUsedAt }: AntennaRow): Promise<void> {
  const now = Date.now()
  if (lastUsedAt > now - HOUR) return
  await ctx.transact(async (tx, afterCommit) => {
    await updateAntenna(tx, id, { lastUsedAt: now })
    afterCommit(() => ctx.bus.publish({ type: 'antenna', id, userId }))
  })
}

/** An antenna with what is asked for; only one whose source is a list has a list. */
function changed(before: Antenna, request: AntennaRequest): Antenna {
  const src = request.src ?? before.src
  const userListId = request.userListId === undefined ? before.userListId : request.userListId
  return {
    name: request.name ?? before.name,
    src,
    userListId: src === 'list' ? userListId : null,
    users: request.users ?? before.users,
    keywords: request.keywords ?? before.keywords,
    excludeKeywords: request.excludeKeywords ?? before.excludeKeywords,
    caseSensitive: request.caseSensitive ?? before.caseSensitive,
    localOnly: request.localOnly ?? before.localOnly,
    excludeBots: request.excludeBots ?? before.excludeBots,
    withReplies: request.withReplies ?? before.withReplies,
    withFile: request.withFile ?? before.withFile,
    excludeNotesInSensitiveChannel: request.excludeNotesInSensitiveChannel ?? before.excludeNotesInSensitiveChannel,
  }
}

/** An antenna without any word would catch all there is. */
const isEverything = ({ keywords, excludeKeywords }: Antenna): boolean =>
  isWordless(keywords) && isWordless(excludeKeywords)

/** One listens to one's own lists. */
const mayListen = async (tx: Db, { userListId }: Antenna, userId: string): Promise<boolean> =>
  userListId === null || (await ownList(tx, userListId, userId)) !== undefined

const stored = (antenna: Antenna) => ({
  ...antenna,
  users: toJson(antenna.users),
  keywords: toJson(antenna.keywords),
  excludeKeywords: toJson(antenna.excludeKeywords),
})
