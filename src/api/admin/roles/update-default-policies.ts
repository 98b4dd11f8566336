import Type from 'typebox'
import { defaultPolicies } from '../../../config/policies.ts'
import { changeSettings } from '../../../core/settings.ts'
import { schemaLike } from '../../../views/schema/policies.ts'
import { endpoint } from '../../endpoint.ts'

const policyParams = Object.fromEntries(
  Object.entries(defaultPolicies).map(([name, value]) => [name, Type.Optional(schemaLike(name, value))]),
)

export default endpoint({
  path: 'admin/roles/update-default-policies',
  about: 'Sets what everyone may do; what is left out becomes the default again.',
  auth: 'admin',
  permission: 'write:admin:roles',
  secure: false,
  params: Type.Object({ policies: Type.Unsafe<Record<string, unknown>>(Type.Object(policyParams)) }),
  res: null,
  errors: {},
  async handle({ ctx, params: { policies } }) {
    const known = Object.entries(policies).filter(([name]) => Object.hasOwn(defaultPolicies, name))
    await changeSettings(ctx, { policies: Object.fromEntries(known) })
    return undefined
  },
})
