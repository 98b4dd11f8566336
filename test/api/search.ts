import { changeSettings } from '../../src/core/settings.ts'
import { insertNote, latestNoteId, takeNoteId } from '../../src/db/queries/notes.ts'
import { indexedUpTo } from '../../src/db/queries/search-index.ts'
import { toJson } from '../../src/db/schema/json.ts'
import { until } from '../jobs/waiting.ts'
import type { Person, TestServer } from '../server.ts'
import { bodyOf } from './expect.ts'

/** Lets everyone search notes. */
export const openSearch = (server: TestServer) => changeSettings(server.ctx, { policies: { canSearchNotes: true } })

export const post = async (server: TestServer, as: Person, params: object): Promise<string> =>
  bodyOf(await server.call('notes/create', params, as)).createdNote.id

/** Ids that a search finds, in its order. */
export const found = async (server: TestServer, params: object, as: Person | null = server.alice): Promise<string[]> =>
  bodyOf(await server.call('notes/search', params, as)).map(({ id }: { id: string }) => id)

/** Notes that are put into the index together: as long as there are fewer, they wait. */
export const FILLERS = 64

/** Adds what says nothing in particular until every note of before is in the index. */
export async function fillIndex({ ctx, bob }: TestServer, userId: string = bob.id): Promise<void> {
  const last = await latestNoteId(ctx.db)
  await ctx.transact(async (tx) => {
    for (let number = 0; number < FILLERS; number++) {
      const id = await takeNoteId(tx, ctx.ids)
      await insertNote(tx, { ...plain, id, threadId: id, userId, text: `§ ${number} §` })
    }
  })
  ctx.bus.publish({ type: 'gap' })
  await until(async () => (await indexedUpTo(ctx.db)) >= (last ?? ''))
}

const none = toJson([])
const plain = {
  visibility: 'public' as const,
  cw: null,
  localOnly: false,
  reactionAcceptance: null,
  replyId: null,
  replyUserId: null,
  renoteId: null,
  renoteUserId: null,
  renoteReplyUserId: null,
  renoteRenoteUserId: null,
  channelId: null,
  isPureRenote: false,
  tags: none,
  mentions: none,
  visibleUserIds: none,
  fileIds: none,
  hasFiles: false,
  hasPoll: false,
}
