import { discoverClient } from '../client.ts'
import type { Step } from '../request.ts'

/** What the client publishes about itself, fetched anew for every request: nobody has to wait for a cache. */
export const readClient: Step = async (ctx, asked) => {
  const client = await discoverClient(ctx.egress, asked.clientId, asked.query.get('client_id')!)
  if ('error' in client) return client
  asked.clientName = client.name
  asked.clientLogo = client.logoUrl
  asked.redirectUris = client.redirectUris
  return null
}
