import type { JobData } from '../db/schema/jobs.ts'
import type { Handler } from './handler.ts'
import { acceptRequests } from './handlers/accept-requests.ts'
import { notifyFollowers } from './handlers/notify-followers.ts'
import { pollEnded } from './handlers/poll-ended.ts'
import { push } from './handlers/push.ts'
import { removeContent } from './handlers/remove-content.ts'
import { uploadFromUrl } from './handlers/upload-from-url.ts'

export type Handlers = { readonly [K in keyof JobData]: Handler<JobData[K]> }

/** Who does which work. */
export const handlers: Handlers = { acceptRequests, notifyFollowers, pollEnded, push, removeContent, uploadFromUrl }
