import type { FastifyRequest } from 'fastify'
import type { Principal } from '../access/principal.ts'
import type { Endpoint, UploadedFile } from '../api/endpoint.ts'
import type { Ctx } from '../context.ts'
import { receive } from '../media/receive.ts'
import { carriesIdentity } from './authenticate.ts'
import { checkText } from './body.ts'
import { errors, Refused } from './error.ts'
import { readForm } from './form.ts'

/** Bytes that are taken of a file before it is known whose it is: a token that stands behind it comes that late. */
const STRANGER_LIMIT = 8 * 1024 * 1024
/** Files of strangers that are taken at the same time, so that they cannot fill the disk. */
const STRANGERS = 16

/** Finds out who calls, and that they may. */
export type Admit = (params: unknown) => Promise<Principal | null>

/** A form that was read, and who sent it. */
export interface Upload {
  principal: Principal | null
  fields: Record<string, unknown>
  file: UploadedFile | 'tooLarge' | null
}

export type TakeUpload = (request: FastifyRequest, endpoint: Endpoint, admit: Admit) => Promise<Upload>

/**
 * Makes what takes uploads: whoever says who they are before the file is asked whether they may before any of it is
 * taken, and gives as much as they may; of others a little is taken until the token has come.
 */
export function takeUploads(ctx: Ctx): TakeUpload {
  let strangers = 0

  async function ofStranger<T>(take: () => Promise<T>): Promise<T> {
    if (strangers >= STRANGERS) throw new Refused(errors.credentialRequired)
    strangers++
    try {
      return await take()
    } finally {
      strangers--
    }
  }

  return async (request, endpoint, admit) => {
    const { data } = ctx.config
    const most = (caller: Principal | null) => (caller ? (endpoint.upload?.largest(caller) ?? 0) : 0)
    let caller: Principal | null | undefined
    if (carriesIdentity(ctx, request, {})) caller = await admit({})
    const form = await readForm(
      request.headers['content-type'] ?? '',
      request.body as NodeJS.ReadStream,
      async (fields, stream) => {
        if (caller === undefined && carriesIdentity(ctx, request, fields)) caller = await admit(fields)
        const known = caller
        if (known !== undefined) return receive(data, stream, most(known))
        const taken = await ofStranger(() => receive(data, stream, STRANGER_LIMIT))
        if (taken === 'tooLarge') throw new Refused(lateToken)
        return taken
      },
    )
    const { fields, file } = form
    try {
      checkText(fields, '#', 0)
      const principal = caller === undefined ? await admit(fields) : caller
      const isTooLarge = file !== null && file !== 'tooLarge' && file.size > most(principal)
      if (isTooLarge) await file[Symbol.asyncDispose]()
      return { principal, fields, file: isTooLarge ? 'tooLarge' : file }
    } catch (error) {
      if (file !== null && file !== 'tooLarge') await file[Symbol.asyncDispose]()
      throw error
    }
  }
}

const lateToken = {
  ...errors.credentialRequired,
  message: 'A token is needed before so large a file: send “i” before it in the form, or “Authorization: Bearer”.',
}
