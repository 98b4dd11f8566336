import type { Ctx } from '../context.ts'
import { answer, type Decision, type Outcome } from './consent.ts'
import { type AppRequest, settleApp } from './legacy-app.ts'
import { type MiauthRequest, settleMiauth } from './miauth.ts'
import { settleOAuth } from './oauth/code.ts'
import type { OAuthRequest } from './oauth/request.ts'
import type { Principal } from './principal.ts'

export type DecisionFailure = 'expired' | 'sessionUsed'

/** Answers a question an application has put to a person, in whichever way it came. */
export async function decide(
  ctx: Ctx,
  person: Principal,
  id: string,
  decision: Decision,
): Promise<Outcome | DecisionFailure> {
  const consent = await answer(ctx, person.id, id)
  switch (consent?.kind) {
    case 'miauth':
      return settleMiauth(ctx, person.id, consent.request as MiauthRequest, decision)
    case 'app':
      return settleApp(ctx, person.id, consent.request as AppRequest, decision)
    case 'oauth':
      return settleOAuth(ctx, person, consent.request as OAuthRequest, decision)
    default:
      return 'expired'
  }
}
