import type { Endpoint } from '../api/endpoint.ts'
import { entryErrorSchema, entryPaths } from './openapi/entry-paths.ts'
import { pathItemOf, TOKEN } from './openapi/operation.ts'
import { errorSchema } from './openapi/responses.ts'
import { entitySchemas, type Json } from './openapi/schema.ts'

/** What the document says of the server. */
export interface DocumentInfo {
  title: string
  version: string
  /** Public origin, such as `https://mamekey.example`. */
  origin: string
}

const about = `The Misskey API as this server speaks it.

Endpoints take their parameters as a JSON object in the body of a POST. A few may also be called by GET.

Send a token as \`Authorization: Bearer …\`, or as \`i\` among the parameters; without one the call is anonymous.
An application gets its token by MiAuth; people make tokens for their own scripts in the settings.

Every error has the same form, with a \`code\` and an \`id\` that stay as they are.`

/** The areas that are not the first part of a path. */
const SERVER = 'server'
const ENTRANCE = 'entrance'

/** The whole API as an OpenAPI 3.1 document, made from the records. */
export function openapiDocument(endpoints: ReadonlyMap<string, Endpoint>, info: DocumentInfo): Json {
  const sorted = [...endpoints.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  const folders = new Set(sorted.filter(({ path }) => path.includes('/')).map(({ path }) => firstPart(path)))
  const tagOf = ({ path }: Endpoint) => (folders.has(firstPart(path)) ? firstPart(path) : SERVER)
  const tags = new Set([ENTRANCE, ...sorted.map(tagOf)])
  return {
    openapi: '3.1.0',
    info: { title: info.title, version: info.version, description: about },
    servers: [{ url: `${info.origin}/api` }],
    tags: [...tags].map((name) => ({ name })),
    paths: {
      ...entryPaths(ENTRANCE),
      ...Object.fromEntries(sorted.map((endpoint) => [`/${endpoint.path}`, pathItemOf(endpoint, tagOf(endpoint))])),
    },
    components: {
      schemas: { ...entitySchemas(), Error: errorSchema, EntryError: entryErrorSchema },
      securitySchemes: {
        [TOKEN]: {
          type: 'http',
          scheme: 'bearer',
          description: 'An access token or a native token. Sending it as `i` among the parameters does the same.',
        },
      },
    },
  }
}

const firstPart = (path: string): string => path.split('/', 1)[0]!
