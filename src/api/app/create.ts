import Type from 'typebox'
import { registerApp } from '../../access/register-app.ts'
import { HOUR } from '../../lib/time.ts'
import { showApp } from '../../views/app.ts'
import { App } from '../../views/schema/app.ts'
import { endpoint } from '../endpoint.ts'
import { Nullable } from '../params.ts'

export default endpoint({
  path: 'app/create',
  about: 'Registers an application for the legacy flow, and shows its secret, which is shown only here.',
  auth: 'none',
  permission: null,
  secure: false,
  // Nobody needs an account to register one, and it stays for ever.
  limit: { max: 60, per: HOUR },
  params: Type.Object({
    name: Type.String({ maxLength: 128 }),
    description: Type.String({ maxLength: 512 }),
    permission: Type.Array(Type.String({ maxLength: 64 }), { uniqueItems: true, maxItems: 200 }),
    callbackUrl: Type.Optional(Nullable(Type.String({ maxLength: 512 }))),
  }),
  res: App,
  errors: {},
  async handle({ ctx, params: { name, description, permission, callbackUrl = null }, me }) {
    const wanted = { name, description, permissions: permission, callbackUrl }
    const { app, secret } = await registerApp(ctx, me?.id ?? null, wanted)
    return { ...(await showApp(ctx, app, me)), secret }
  },
})
