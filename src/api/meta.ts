import Type from 'typebox'
import { needsSetup } from '../access/setup.ts'
import { policiesWith } from '../config/policies.ts'
import { API_VERSION } from '../config/version.ts'
import { registrationOf } from '../core/settings.ts'
import { showMeta } from '../views/meta.ts'
import { MetaDetailed, MetaLite } from '../views/schema/meta.ts'
import { endpoint } from './endpoint.ts'
import { Flag } from './params.ts'

const MEBIBYTE = 1024 * 1024

export default endpoint({
  path: 'meta',
  about: 'What this server is and what it offers.',
  auth: 'none',
  permission: null,
  secure: false,
  get: { cache: 60 },
  params: Type.Object({ detail: Flag(true) }),
  res: Type.Union([MetaLite, MetaDetailed]),
  errors: {},
  async handle({ ctx, params }) {
    const settings = ctx.settings.current()
    const facts = {
      origin: ctx.config.url,
      version: API_VERSION,
      requireSetup: needsSetup(ctx),
      registration: registrationOf(ctx),
      maxFileSize: policiesWith(settings.policies).maxFileSizeMb * MEBIBYTE,
    }
    return showMeta(settings, facts, params.detail ?? true)
  },
})
