import { endpointsByPath } from '../api/index.ts'
import { readConfig } from '../config/config.ts'
import { API_VERSION } from '../config/version.ts'
import { openapiDocument } from '../http/openapi.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './command.ts'

/** `mamekey openapi`: prints the API document of this version. */
export const openapi: Command = async (args, environment) => {
  const config = readConfig(readArguments(args).flags, environment)
  const origin = config.url ?? `http://localhost:${config.port}`
  console.log(
    JSON.stringify(openapiDocument(endpointsByPath, { title: 'Mamekey', version: API_VERSION, origin }), null, 2),
  )
  return 0
}
