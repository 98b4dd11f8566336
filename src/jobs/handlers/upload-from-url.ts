import type { Policies } from '../../config/policies.ts'
import type { Ctx } from '../../context.ts'
import { addFile, largestFileOf, sameFile } from '../../core/add-file.ts'
import { userById } from '../../db/queries/users.ts'
import type { JobData, UrlUpload } from '../../db/schema/jobs.ts'
import { type EgressFailure, failureOf, isFailure } from '../../lib/egress.ts'
import { nameWithEnding, tidyFileName } from '../../lib/file-name.ts'
import { MINUTE } from '../../lib/time.ts'
import { keepFile } from '../../media/keep-file.ts'
import { type Received, receive } from '../../media/receive.ts'
import type { Handler, Work } from '../handler.ts'

const TIMEOUT = 5 * MINUTE

/** Fetches a file into somebody's drive and tells them; whoever cannot have it hears nothing. */
export const uploadFromUrl: Handler<JobData['uploadFromUrl']> = async (ctx, work) => {
  const { userId, url } = work.data
  const owner = await userById(ctx.db, userId)
  if (!owner || owner.isSuspended || owner.isDeleted) return undefined
  const policies = ctx.settings.policiesOf(owner)
  const fetched = await fetchFile(ctx, url, largestFileOf(policies), work.signal)
  if (work.signal.aborted) return 'again'
  if (fetched === 'tooLarge' || isFailure(fetched)) {
    ctx.log.info({ job: 'uploadFromUrl', userId, failed: fetched }, 'A file could not be fetched')
    return undefined
  }
  try {
    const added = await add(ctx, work, fetched, policies)
    if (typeof added === 'string') ctx.log.info({ job: 'uploadFromUrl', userId, failed: added }, 'A file was refused')
    else ctx.bus.publish({ type: 'urlUploaded', userId, fileId: added.id, marker: work.data.marker })
  } finally {
    await fetched[Symbol.asyncDispose]()
  }
  return undefined
}

async function fetchFile(
  ctx: Ctx,
  url: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Received | EgressFailure | 'tooLarge'> {
  const answer = await ctx.egress.fetchStream(url, { maxBytes, timeoutMs: TIMEOUT, signal })
  if (isFailure(answer)) return answer
  if (answer.status !== 200) {
    answer.stream.destroy()
    return { failed: 'network', detail: `answered ${answer.status}` }
  }
  try {
    return await receive(ctx.config.data, answer.stream, maxBytes)
  } catch (error) {
    return failureOf(error)
  }
}

async function add(ctx: Ctx, { data, done }: Work<UrlUpload>, fetched: Received, policies: Policies) {
  const { userId, url } = data
  const same = await sameFile(ctx, userId, fetched.md5, data)
  if (same) return same
  const given = nameIn(url)
  const added = await keepFile(ctx, fetched, { name: given, types: policies.uploadableFileTypes }, (content, sniffed) =>
    addFile(
      ctx,
      { id: userId, policies },
      { ...content, name: nameWithEnding(given, sniffed.endings), uploadedFrom: url },
      data,
      {
        async also(tx) {
          if (!(await done(tx))) throw new Error('Another process does this job')
        },
      },
    ),
  )
  return added === 'sameContent' ? ((await sameFile(ctx, userId, fetched.md5, data)) ?? added) : added
}

/** The last part of the path of a URL, as a name. */
function nameIn(url: string): string {
  const last = URL.parse(url)?.pathname.split('/').at(-1) ?? ''
  try {
    return tidyFileName(decodeURIComponent(last))
  } catch {
    return tidyFileName(last)
  }
}
