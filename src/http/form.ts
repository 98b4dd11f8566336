import type { Readable } from 'node:stream'
import type { UploadedFile } from '../api/endpoint.ts'
import type { Received } from '../media/receive.ts'
import { errors, invalidParam, Refused } from './error.ts'

/** Far more and far longer than any endpoint takes. */
const limits = { fields: 32, parts: 40, fieldSize: 16 * 1024, fieldNameSize: 100, headerPairs: 20, headerSize: 8192 }

/** What is left of a body nobody wants is read to its end, so that the client hears why; beyond this it is cut off. */
const DRAIN = 512 * 1024 * 1024

type Fields = Record<string, unknown>

export interface Form {
  fields: Fields
  file: UploadedFile | 'tooLarge' | null
}

/** Takes the file of a form, knowing the fields that came before it. Throws to refuse it. */
export type TakeFile = (fields: Fields, stream: Readable) => Promise<Received | 'tooLarge'>

const broken = (): Refused => new Refused({ ...errors.badRequest, message: 'The form ends early, or is none.' })

/**
 * Reads a form with one file (RFC 7578) while it comes. Fields may stand before the file and after it. A file that is
 * refused or too large ends the reading at once.
 * @param type the Content-Type of the body
 */
export async function readForm(type: string, body: Readable, take: TakeFile): Promise<Form> {
  // Loaded with the first upload.
  const { Busboy } = await import('@fastify/busboy')
  const fields: Fields = Object.create(null)
  let parser: InstanceType<typeof Busboy>
  try {
    parser = new Busboy({ headers: { 'content-type': type }, limits })
  } catch {
    body.resume()
    throw invalidParam('#/type', 'the body must be a form of the type multipart/form-data with a boundary')
  }
  return new Promise((resolve, reject) => {
    let taking: Promise<Form['file']> = Promise.resolve(null)
    let stream: Readable | null = null
    let isOver = false
    let isCutOff = false
    /** Reads no further. What was read of a file goes, unless it is handed on. */
    const giveUp = (then: () => void) => {
      if (isOver) return
      isOver = true
      body.unpipe(parser)
      drain(body)
      stream?.destroy()
      then()
    }
    const refuse = (error: unknown) =>
      giveUp(() => {
        const reason = isCutOff && !(error instanceof Refused) ? broken() : error
        const forget = taking.then((file) => (file === 'tooLarge' ? undefined : file?.[Symbol.asyncDispose]()))
        forget.catch(() => {}).then(() => reject(reason))
      })
    const cutOff = () => {
      isCutOff = true
      refuse(null)
    }
    const finish = (file: Form['file']) => {
      isOver = true
      resolve({ fields, file })
    }
    parser.on('field', (name, value, _, isTruncated) => {
      if (isTruncated) refuse(invalidParam(`#/properties/${name.slice(0, 64)}`, `${name.slice(0, 64)} is too long`))
      else fields[name] = value
    })
    parser.on('file', (_, file, filename) => {
      if (stream) return void file.resume()
      stream = file
      file.on('error', () => {
        isCutOff = true
      })
      taking = take(fields, file).then((taken) => (taken === 'tooLarge' ? taken : { ...taken, name: filename ?? '' }))
      taking.then((taken) => taken === 'tooLarge' && giveUp(() => resolve({ fields, file: taken })), refuse)
    })
    parser.on('fieldsLimit', cutOff)
    parser.on('partsLimit', cutOff)
    parser.on('error', cutOff)
    parser.on('finish', () => taking.then((file) => isOver || finish(file), refuse))
    body.on('error', cutOff)
    body.once('close', () => body.readableEnded || cutOff())
    body.pipe(parser)
  })
}

function drain(body: Readable): void {
  let size = 0
  body.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > DRAIN) body.destroy()
  })
  body.resume()
}
