import { endpointsByPath } from '../api/index.ts'
import { readConfig } from '../config/config.ts'
import { openapiDocument } from '../http/openapi.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './run.ts'

/** `mamekey openapi`: prints the API document of this version. */
export const openapi: Command = async (args, environment) => {
  const config = readConfig(readArguments(args).flags, environment)
  const origin = config.url ?? `http://localhost:${config.port}`
  console.log(JSON.stringify(openapiDocument(endpointsByPath, { origin, name: null }), null, 2))
  return 0
}
