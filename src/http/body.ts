import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { errors, invalidParam, Refused } from './error.ts'

/** Bodies of JSON endpoints end here; files have a limit of their own. */
export const BODY_LIMIT = 1024 * 1024

/** No parameter is nested deeper; what is can only be meant to hurt. */
const MAX_DEPTH = 16

/**
 * Reads bodies of the API. A JSON type with nothing in it is an empty object; text, or no body at all, is no object and
 * the endpoint's validation says so.
 * @param takesForm whether a form is handed on as it comes; elsewhere it is like text
 */
export function readBodies(app: FastifyInstance, takesForm: (request: FastifyRequest) => boolean): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    /^application\/(?:[\w.+-]+\+)?json\b/,
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    (_request, body, done) => {
      try {
        done(null, parseJson(body as Buffer))
      } catch (error) {
        done(error as Error)
      }
    },
  )
  app.addContentTypeParser('text/plain', (_request, payload, done) => pass(payload, done))
  app.addContentTypeParser('multipart/form-data', (request, payload, done) => {
    if (takesForm(request)) done(null, payload)
    else pass(payload, done)
  })
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume()
    done(new Refused(errors.unsupportedMediaType), undefined)
  })
}

/** Reads what is not wanted to its end, unless that is too far. */
function pass(payload: Readable, done: (error: Error | null, body?: undefined) => void): void {
  let size = 0
  payload.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > BODY_LIMIT) done(new Refused(errors.tooLarge))
  })
  payload.on('end', () => done(null, undefined))
  payload.on('error', done)
}

/** RFC 8259 §8.1: JSON that is exchanged is UTF-8. Decoding anything else would keep what nobody wrote. */
function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw invalidParam('#', 'the body is not UTF-8')
  const text = body.toString()
  if (text.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw invalidParam('#', 'the body is not valid JSON')
  }
  checkText(value, '#', 0)
  return value
}

/** Refuses what neither database could keep, or could keep only as something else. */
export function checkText(value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) throw refusal(path, `is nested deeper than ${MAX_DEPTH} levels`)
  if (typeof value === 'string') {
    if (value.includes('\0')) throw refusal(path, 'must not hold the character NUL')
    if (!value.isWellFormed()) throw refusal(path, 'must be well-formed Unicode, without half a surrogate pair')
  } else if (Array.isArray(value)) {
    for (const item of value) checkText(item, `${path}/items`, depth + 1)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      // A name of this kind changes objects it is copied into.
      if (key === '__proto__') throw refusal(path, 'must not have a property __proto__')
      if (key.includes('\0') || !key.isWellFormed()) throw refusal(path, 'must have names of well-formed Unicode')
      checkText(item, `${path}/properties/${key.slice(0, 64)}`, depth + 1)
    }
  }
}

/** `#/properties/poll/properties/choices/items` is called poll.choices. */
function refusal(path: string, reason: string): Refused {
  const name = path.replaceAll('/items', '').replaceAll('/properties/', '.').slice(2)
  return invalidParam(path, `${name || 'the body'} ${reason}`)
}
