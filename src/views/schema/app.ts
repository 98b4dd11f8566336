import Type from 'typebox'
import { component, refTo } from './component.ts'
import { id, nullable } from './fields.ts'

/** An application of the legacy flow. `secret` is shown once, to whom registers it. */
export const appSchema = component('App', {
  id,
  name: Type.String(),
  callbackUrl: nullable(Type.String()),
  permission: Type.Array(Type.String()),
  secret: Type.Optional(Type.String()),
  isAuthorized: Type.Optional(Type.Boolean()),
})
export const App = refTo(appSchema)
export type App = Type.Static<typeof App>
