import { acceptAllRequests } from '../../core/follow-requests.ts'
import type { JobData } from '../../db/schema/jobs.ts'
import type { Handler } from '../handler.ts'

/** Lets everybody follow who has asked to. Done twice it does nothing more. */
export const acceptRequests: Handler<JobData['acceptRequests']> = async (ctx, { data, signal }) =>
  (await acceptAllRequests(ctx, data.userId, signal)) ? undefined : 'again'
