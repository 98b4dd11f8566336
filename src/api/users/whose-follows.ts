import Type, { type Static, type TProperties } from 'typebox'
import type { Principal } from '../../access/principal.ts'
import type { Ctx } from '../../context.ts'
import { followingOf } from '../../db/queries/following.ts'
import { type UserRow, userById, userByName } from '../../db/queries/users.ts'
import type { PageParams } from '../../lib/pagination.ts'
import { boundParams, Id, limitParam, Nullable } from '../params.ts'

const person = {
  userId: Type.Optional(Id()),
  username: Type.Optional(Type.String({ maxLength: 128 })),
  host: Type.Optional(Nullable(Type.String({ maxLength: 256 }))),
}

type Person = Static<Type.TObject<typeof person>>

/** Parameters of a page of somebody's follows; they are named by id or by name. */
export const whoseFollows = <P extends TProperties>(more: P) => {
  const { properties } = Type.Object({ ...person, ...limitParam(), ...boundParams, ...more })
  return Type.Unsafe<Person & PageParams & Static<Type.TObject<P>>>({
    type: 'object',
    properties,
    anyOf: [{ required: ['userId'] }, { required: ['username'] }],
  })
}

/** Whom the parameters name, if there is such a person on this server. */
export async function personAsked(ctx: Ctx, { userId, username, host }: Person): Promise<UserRow | undefined> {
  if (userId === undefined && host && host !== new URL(ctx.config.url).host) return undefined
  const found = userId === undefined ? await userByName(ctx.db, username!.trim()) : await userById(ctx.db, userId)
  return found?.isDeleted ? undefined : found
}

/** Whether somebody may see what a person shows to everyone, to their followers or to nobody. */
export async function maySee(
  ctx: Ctx,
  viewer: Principal | null,
  person: UserRow,
  shownTo: UserRow['followersVisibility'],
): Promise<boolean> {
  if (shownTo === 'public' || viewer?.id === person.id || viewer?.isModerator) return true
  if (shownTo === 'private' || !viewer) return false
  return (await followingOf(ctx.db, viewer.id, person.id)) !== undefined
}
