import Type from 'typebox'
import type { Component } from './component.ts'
import { refByName } from './component.ts'
import { oneOf } from './fields.ts'

/** Whom a conditional role is for. Each has an id, by which the one who edits it tells its parts apart. */
export type RoleCondition =
  | { id: string; type: 'and' | 'or'; values: RoleCondition[] }
  | { id: string; type: 'not'; value: RoleCondition }
  | { id: string; type: 'isLocal' | 'isRemote' }
  | { id: string; type: 'isSuspended' | 'isLocked' | 'isBot' | 'isCat' | 'isExplorable' }
  | { id: string; type: 'roleAssignedTo'; roleId: string }
  | { id: string; type: 'createdLessThan' | 'createdMoreThan'; sec: number }
  | {
      id: string
      type:
        | 'followersLessThanOrEq'
        | 'followersMoreThanOrEq'
        | 'followingLessThanOrEq'
        | 'followingMoreThanOrEq'
        | 'notesLessThanOrEq'
        | 'notesMoreThanOrEq'
      value: number
    }

export const RoleCondition = refByName<RoleCondition>('RoleCondFormulaValue')

const counts = [
  'followersLessThanOrEq',
  'followersMoreThanOrEq',
  'followingLessThanOrEq',
  'followingMoreThanOrEq',
  'notesLessThanOrEq',
  'notesMoreThanOrEq',
] as const

const one = (type: Type.TSchema, properties: Type.TProperties) =>
  Type.Object({ id: Type.String(), type, ...properties })

export const roleConditionSchema: Component = Object.assign(
  Type.Union([
    one(oneOf('and', 'or'), { values: Type.Array(RoleCondition) }),
    one(oneOf('not'), { value: RoleCondition }),
    one(oneOf('isLocal', 'isRemote', 'isSuspended', 'isLocked', 'isBot', 'isCat', 'isExplorable'), {}),
    one(oneOf('roleAssignedTo'), { roleId: Type.String() }),
    one(oneOf('createdLessThan', 'createdMoreThan'), { sec: Type.Number() }),
    one(oneOf(...counts), { value: Type.Number() }),
  ]),
  { $id: 'RoleCondFormulaValue' },
)

/** The condition of a role; nothing in it where the role is given by hand. */
export const RoleConditionOrNone = Type.Unsafe<RoleCondition>({
  anyOf: [{ type: 'object', maxProperties: 0 }, RoleCondition],
})
