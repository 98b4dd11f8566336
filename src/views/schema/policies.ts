import Type from 'typebox'
import { chatAvailabilities, defaultPolicies, type Policies } from '../../config/policies.ts'
import { component, refByName } from './component.ts'
import { oneOf } from './fields.ts'

const schemaLike = (value: unknown): Type.TSchema => {
  if (typeof value === 'number') return Type.Number()
  return typeof value === 'boolean' ? Type.Boolean() : Type.Array(Type.String())
}

const properties = Object.fromEntries(Object.entries(defaultPolicies).map(([name, value]) => [name, schemaLike(value)]))

export const rolePoliciesSchema = component('RolePolicies', {
  ...properties,
  chatAvailability: oneOf(...chatAvailabilities),
})
export const RolePolicies = refByName<Policies>(rolePoliciesSchema.$id)
export type RolePolicies = Policies
