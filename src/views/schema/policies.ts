import Type from 'typebox'
import { chatAvailabilities, defaultPolicies, type Policies } from '../../config/policies.ts'
import { component, refByName } from './component.ts'
import { oneOf } from './fields.ts'

/** What values of a policy look like, given its name and one of them. */
export const schemaLike = (name: string, value: unknown): Type.TSchema => {
  if (name === 'chatAvailability') return oneOf(...chatAvailabilities)
  if (typeof value === 'number') return Type.Number()
  return typeof value === 'boolean' ? Type.Boolean() : Type.Array(Type.String())
}

const properties = Object.fromEntries(
  Object.entries(defaultPolicies).map(([name, value]) => [name, schemaLike(name, value)]),
)

export const rolePoliciesSchema = component('RolePolicies', properties)
export const RolePolicies = refByName<Policies>(rolePoliciesSchema.$id)
export type RolePolicies = Policies
