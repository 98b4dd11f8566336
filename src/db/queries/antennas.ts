import { type Expression, type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db } from '../database.ts'
import { isPostgres } from '../is-postgres.ts'
import { type Parameters, prepared, preparedList } from '../prepared.ts'
import type { AntennaTable } from '../schema/collections.ts'

export type AntennaRow = Selectable<AntennaTable>

const byId = prepared((db, p: Parameters<{ id: string }>) =>
  db.selectFrom('antenna').selectAll().where('id', '=', p.id),
)

/** An antenna if it is this person's own. */
export async function ownAntenna(db: Db, id: string, userId: string): Promise<AntennaRow | undefined> {
  const [row] = await byId(db, { id })
  return row?.userId === userId ? row : undefined
}

/** A person's antennas, oldest first. */
export const antennasOf = (db: Db, userId: string): Promise<AntennaRow[]> =>
  db.selectFrom('antenna').selectAll().where('userId', '=', userId).orderBy('id').execute()

/** Antennas by id, in no order. */
export async function antennasByIds(db: Db, ids: readonly string[]): Promise<AntennaRow[]> {
  if (ids.length === 0) return []
  return db.selectFrom('antenna').selectAll().where('id', 'in', ids).execute()
}

/** All antennas that somebody has read since a moment (milliseconds since 1970). */
export const antennasUsedSince = (db: Db, time: number): Promise<AntennaRow[]> =>
  db.selectFrom('antenna').selectAll().where('lastUsedAt', '>', time).execute()

/** Ids of the antennas that listen to a list. */
export async function antennasOnList(db: Db, userListId: string): Promise<string[]> {
  const rows = await db.selectFrom('antenna').select('id').where('userListId', '=', userListId).execute()
  return rows.map(({ id }) => id)
}

export async function insertAntenna(tx: Db, antenna: Insertable<AntennaTable>): Promise<void> {
  await tx.insertInto('antenna').values(antenna).execute()
}

export async function updateAntenna(tx: Db, id: string, changes: Updateable<AntennaTable>): Promise<void> {
  await tx.updateTable('antenna').set(changes).where('id', '=', id).execute()
}

/** Deletes a person's own antenna with what it has caught; whether there was one. */
export async function deleteAntenna(tx: Db, id: string, userId: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('antenna')
    .where('id', '=', id)
    .where('userId', '=', userId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Gives a note to antennas.
 * @returns those of them that are still there
 */
export async function addToAntennas(tx: Db, ids: readonly string[], noteId: string): Promise<string[]> {
  return (await addToSome(tx, ids, { noteId })).map(({ antennaId }) => antennaId)
}

const addToSome = preparedList((db, ids: Expression<string>[], p: Parameters<{ noteId: string }>) =>
  db
    .insertInto('antennaNote')
    .columns(['antennaId', 'noteId'])
    .expression((row) =>
      row
        .selectFrom('antenna')
        .select(['id', sql<string>`${p.noteId}`.as('noteId')])
        .where('id', 'in', ids)
        // One that is being deleted at this moment must not fail the note.
        .$if(isPostgres(db), (there) => there.forKeyShare()),
    )
    .returning('antennaId'),
)
