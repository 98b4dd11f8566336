import type { Ctx } from '../context.ts'
import { usersByIds } from '../db/queries/users.ts'
import { showPeople } from './people.ts'
import type { User } from './schema/user.ts'
import { showUserLite } from './user.ts'

/** People in the order of `ids`, without those who are gone. */
export async function showUsers(
  ctx: Ctx,
  ids: readonly string[],
  me: Parameters<typeof showPeople>[2],
  { detail }: { detail: boolean },
): Promise<User[]> {
  if (detail) {
    const people = await showPeople(ctx, ids, me)
    return ids.flatMap((id) => people.get(id) ?? [])
  }
  const rows = new Map((await usersByIds(ctx.db, ids)).map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = rows.get(id)
    return row ? [showUserLite(ctx, row)] : []
  })
}
