import type { Ctx } from '../../context.ts'
import { permissions } from '../permission.ts'

/** What clients find out about this authorization server (RFC 8414 section 2). */
export const metadataOf = ({ config: { url } }: Ctx) => ({
  issuer: url,
  authorization_endpoint: `${url}/oauth/authorize`,
  token_endpoint: `${url}/oauth/token`,
  scopes_supported: permissions,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code'],
  // Left out, it would mean that clients have a secret.
  token_endpoint_auth_methods_supported: ['none'],
  service_documentation: `${url}/api-doc`,
  code_challenge_methods_supported: ['S256'],
  // RFC 9207 section 3.
  authorization_response_iss_parameter_supported: true,
  client_id_metadata_document_supported: true,
})
