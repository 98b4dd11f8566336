import Type from 'typebox'
import { endpoint } from './endpoint.ts'

export default endpoint({
  path: 'endpoint',
  about: 'The parameters of an endpoint, by name and type; nothing for one that does not exist.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ endpoint: Type.String({ maxLength: 128 }) }),
  res: Type.Union([
    Type.Object({ params: Type.Array(Type.Object({ name: Type.String(), type: Type.String() })) }),
    Type.Null(),
  ]),
  errors: {},
  async handle({ params, endpoints }) {
    const found = endpoints.get(params.endpoint)
    if (!found) return null
    const { properties = {} } = found.params as { properties?: Record<string, { type?: string | string[] }> }
    return { params: Object.entries(properties).map(([name, { type }]) => ({ name, type: typeName(type) })) }
  },
})

/** `String` for "string", as clients know it; a choice of types is named after the first that is not null. */
function typeName(type: string | string[] | undefined): string {
  const name = [type ?? []].flat().find((one) => one !== 'null') ?? 'object'
  return name.charAt(0).toUpperCase() + name.slice(1)
}
