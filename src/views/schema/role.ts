import Type from 'typebox'
import { component, refTo } from './component.ts'
import { id, nullable, url } from './fields.ts'

/** A role, as shown on the people who have it. */
export const roleLiteSchema = component('RoleLite', {
  id,
  name: Type.String(),
  color: nullable(Type.String()),
  iconUrl: nullable(url),
  description: Type.String(),
  isModerator: Type.Boolean(),
  isAdministrator: Type.Boolean(),
  displayOrder: Type.Number(),
})
export const RoleLite = refTo(roleLiteSchema)
export type RoleLite = Type.Static<typeof RoleLite>
