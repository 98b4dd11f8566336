import Type from 'typebox'
import { issueToken } from '../../access/manual.ts'
import { isPermission } from '../../access/permission.ts'
import { endpoint } from '../endpoint.ts'
import { Nullable, Time } from '../params.ts'

export default endpoint({
  path: 'miauth/gen-token',
  about: 'Makes an access token: by hand, or for a MiAuth session that an application is waiting for.',
  auth: 'required',
  permission: null,
  secure: true,
  params: Type.Object({
    session: Nullable(Type.String({ minLength: 1, maxLength: 128 })),
    name: Type.Optional(Nullable(Type.String({ maxLength: 128 }))),
    description: Type.Optional(Nullable(Type.String({ maxLength: 512 }))),
    iconUrl: Type.Optional(Nullable(Type.String({ maxLength: 512 }))),
    permission: Type.Array(Type.String({ maxLength: 64 }), { uniqueItems: true, maxItems: 200 }),
    /** Our own: when the token ends, in milliseconds since 1970. */
    expiresAt: Type.Optional(Nullable(Time())),
  }),
  res: Type.Object({ token: Type.String() }),
  errors: {
    sessionUsed: {
      code: 'SESSION_USED',
      id: '0f0ad2d4-6d3a-4c0c-8c51-5a0d5f7b6a31',
      message: 'This MiAuth session has been answered before: the application must begin a new one.',
    },
    endInThePast: {
      code: 'EXPIRES_AT_IS_PAST',
      id: 'a6f2a2de-6b3f-4a39-9a3b-0b9f5e7f2c11',
      message: 'The token would have ended before it began.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const expiresAt = params.expiresAt ?? null
    if (expiresAt !== null && expiresAt <= Date.now()) return fail('endInThePast')
    const issued = await issueToken(ctx, me.id, {
      session: params.session,
      name: params.name ?? null,
      description: params.description ?? null,
      iconUrl: params.iconUrl ?? null,
      permissions: params.permission.filter(isPermission),
      expiresAt,
    })
    return typeof issued === 'string' ? fail(issued) : issued
  },
})
