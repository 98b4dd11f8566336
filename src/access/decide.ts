import type { Ctx } from '../context.ts'
import { answer, type Decision, type Outcome } from './consent.ts'
import { type AppRequest, settleApp } from './legacy-app.ts'
import { type MiauthRequest, settleMiauth } from './miauth.ts'

export type DecisionFailure = 'expired' | 'sessionUsed'

/** Answers a question an application has put to a person, in whichever way it came. */
export async function decide(
  ctx: Ctx,
  userId: string,
  id: string,
  decision: Decision,
): Promise<Outcome | DecisionFailure> {
  const consent = await answer(ctx, userId, id)
  switch (consent?.kind) {
    case 'miauth':
      return settleMiauth(ctx, userId, consent.request as MiauthRequest, decision)
    case 'app':
      return settleApp(ctx, userId, consent.request as AppRequest, decision)
    default:
      return 'expired'
  }
}
