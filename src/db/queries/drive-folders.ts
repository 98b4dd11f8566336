import { type Selectable, sql, type Updateable } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import type { DriveFolderTable } from '../schema/drive.ts'

export type DriveFolderRow = Selectable<DriveFolderTable>

/** A person's own folder. */
export const ownFolder = (db: Db, userId: string, id: string): Promise<DriveFolderRow | undefined> =>
  db.selectFrom('driveFolder').selectAll().where('id', '=', id).where('userId', '=', userId).executeTakeFirst()

const inside = (db: Db, userId: string, parentId: string | null) =>
  db
    .selectFrom('driveFolder')
    .selectAll()
    .where('userId', '=', userId)
    .where('parentId', parentId === null ? 'is' : '=', parentId)

/** One page of a person's folders in a folder (null for outside of any). */
export const folderPage = (db: Db, userId: string, parentId: string | null, page: Page): Promise<DriveFolderRow[]> =>
  inside(db, userId, parentId)
    .where('id', '>', page.since ?? '')
    .where('id', '<', page.until ?? '~')
    .orderBy('id', page.order)
    .limit(page.limit)
    .execute()

/** A person's folders of a name in a folder. */
export const foldersByName = (
  db: Db,
  userId: string,
  parentId: string | null,
  name: string,
  limit: number,
): Promise<DriveFolderRow[]> =>
  inside(db, userId, parentId).where('name', '=', name).orderBy('id').limit(limit).execute()

/** A folder, the folder it is in, and so on: the innermost first, `depth` of them at most. */
export async function folderChain(db: Db, userId: string, id: string, depth: number): Promise<DriveFolderRow[]> {
  const { rows } = await sql<DriveFolderRow>`
    with recursive "chain" as (
      select "id", "userId", "name", "parentId", cast(1 as bigint) as "depth" from "driveFolder"
        where "id" = ${id} and "userId" = ${userId}
      union all
      select "outer"."id", "outer"."userId", "outer"."name", "outer"."parentId", "chain"."depth" + 1
        from "chain" inner join "driveFolder" as "outer" on "outer"."id" = "chain"."parentId"
        where "chain"."depth" < ${depth})
    select "id", "userId", "name", "parentId" from "chain" order by "depth"`.execute(db)
  return rows
}

type Counts = { foldersCount: number; filesCount: number }

/** How many folders and files are right inside each of a person's folders. */
export async function contentCounts(db: Db, userId: string, ids: readonly string[]): Promise<Map<string, Counts>> {
  const counts = new Map<string, Counts>(ids.map((id) => [id, { foldersCount: 0, filesCount: 0 }]))
  if (ids.length === 0) return counts
  const amount = sql<number>`count(*)`.as('amount')
  const folders = await db
    .selectFrom('driveFolder')
    .select(['parentId as id', amount])
    .where('userId', '=', userId)
    .where('parentId', 'in', ids)
    .groupBy('parentId')
    .execute()
  const files = await db
    .selectFrom('driveFile')
    .select(['folderId as id', amount])
    .where('userId', '=', userId)
    .where('folderId', 'in', ids)
    .groupBy('folderId')
    .execute()
  for (const { id, amount } of folders) counts.get(id ?? '')!.foldersCount = Number(amount)
  for (const { id, amount } of files) counts.get(id ?? '')!.filesCount = Number(amount)
  return counts
}

export async function insertFolder(tx: Db, folder: DriveFolderRow): Promise<void> {
  await tx.insertInto('driveFolder').values(folder).execute()
}

export async function updateFolder(
  tx: Db,
  id: string,
  changes: Pick<Updateable<DriveFolderTable>, 'name' | 'parentId'>,
): Promise<void> {
  if (Object.keys(changes).length > 0) await tx.updateTable('driveFolder').set(changes).where('id', '=', id).execute()
}

export async function deleteFolderRow(tx: Db, id: string): Promise<void> {
  await tx.deleteFrom('driveFolder').where('id', '=', id).execute()
}
