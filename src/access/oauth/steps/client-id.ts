import { clientIdFault, normalClientId } from '../client-id.ts'
import { problem } from '../problem.ts'
import type { Step } from '../request.ts'

/** The client's id is the address of a page or document about it. */
export const readClientId: Step = (ctx, asked) => {
  const clientId = asked.query.get('client_id')
  if (!clientId) return problem('invalid_request', 'client_id is missing.')
  const fault = clientIdFault(clientId, ctx.config.allowPrivateNetwork)
  if (fault !== null) return problem('invalid_request', `The client_id ${fault}.`)
  asked.clientId = normalClientId(clientId)
  return null
}
