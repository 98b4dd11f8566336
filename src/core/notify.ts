import type { Ctx } from '../context.ts'
import type { AfterCommit, Db } from '../db/database.ts'
import { toJson } from '../db/schema/json.ts'

/** Something to tell a person. */
export interface Notice {
  /** Who is told. */
  userId: string
  type: string
  /** Who did it; nobody is told of what they did themselves. */
  notifierId?: string
  noteId?: string
  /** What more there is to say, by type. */
  data?: Record<string, unknown>
}

/** Tells a person something, in the transaction in which it happens, unless they do not want to hear it. */
export async function notify(ctx: Ctx, tx: Db, afterCommit: AfterCommit, notice: Notice): Promise<void> {
  const { userId, type, notifierId, noteId, data } = notice
  if (notifierId === userId) return
  const id = ctx.ids.next()
  await tx
    .insertInto('notification')
    .values({
      ...{ id, userId, type, notifierId: notifierId ?? null, noteId: noteId ?? null },
      data: data ? toJson(data) : null,
    })
    .execute()
  afterCommit(() => ctx.bus.publish({ type: 'notification', id, userId }))
}
