import type { Principal } from '../../../access/principal.ts'
import type { Db } from '../../../db/database.ts'
import { ownList, publicList } from '../../../db/queries/user-lists.ts'

/** The list a caller asks to read: their own, or a public one when they ask for that or nobody is signed in. */
export const readableList = (db: Db, asked: { listId: string; forPublic?: boolean }, me: Principal | null) =>
  me && !asked.forPublic ? ownList(db, asked.listId, me.id) : publicList(db, asked.listId)
