import type { Ctx } from '../context.ts'
import { showMe } from './me.ts'
import type { UserDetailed } from './schema/user.ts'
import { showUsersDetailed } from './user.ts'

/**
 * People in the detailed form, by id; the viewer among them as they see themselves, without secrets. Those who are not
 * there, or no longer, are left out; the suspended are not.
 */
export async function showPeople(
  ctx: Ctx,
  ids: readonly string[],
  viewer: { id: string; isModerator: boolean; isAdministrator: boolean } | null,
): Promise<ReadonlyMap<string, UserDetailed>> {
  const others = ids.filter((id) => id !== viewer?.id)
  const people = new Map<string, UserDetailed>()
  for (const person of await showUsersDetailed(ctx, others, viewer)) people.set(person.id, person)
  if (viewer && ids.includes(viewer.id)) people.set(viewer.id, await showMe(ctx, viewer, { secrets: false }))
  return people
}
