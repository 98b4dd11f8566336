import type { Selectable } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import type { ChannelTable } from '../schema/collections.ts'

export type ChannelRow = Selectable<ChannelTable>

const byId = prepared((db, p: Parameters<{ id: string }>) =>
  db.selectFrom('channel').selectAll().where('id', '=', p.id),
)

export const channelById = async (db: Db, id: string): Promise<ChannelRow | undefined> => (await byId(db, { id }))[0]
