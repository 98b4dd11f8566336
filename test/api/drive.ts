import { readFileSync } from 'node:fs'
import { checkAnswer } from '../schema.ts'
import { type Answer, type Person, readAnswer, type TestServer } from '../server.ts'
import { bodyOf } from './expect.ts'

/** A picture of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

export interface Uploaded {
  content?: string | Uint8Array<ArrayBuffer>
  filename?: string
  /** Parts before the file, and after it. */
  before?: Record<string, string>
  after?: Record<string, string>
  headers?: Record<string, string>
}

/** Uploads as a browser would; `as` is a token in a field before the file. */
export async function upload(
  server: Pick<TestServer, 'origin'>,
  as: Person | string | null,
  { content = 'hello', filename = 'hello.txt', before = {}, after = {}, headers = {} }: Uploaded = {},
): Promise<Answer> {
  const form = new FormData()
  if (as !== null) form.append('i', typeof as === 'string' ? as : as.token)
  for (const [name, value] of Object.entries(before)) form.append(name, value)
  form.append('file', new Blob([content]), filename)
  for (const [name, value] of Object.entries(after)) form.append(name, value)
  const response = await fetch(`${server.origin}/api/drive/files/create`, { method: 'POST', body: form, headers })
  const answer = await readAnswer(response)
  checkAnswer('drive/files/create', answer.status, answer.body)
  return answer
}

let counter = 0

/** Adds a file with content of its own. */
export const addFile = async (server: TestServer, as: Person, file: Uploaded = {}) =>
  bodyOf(await upload(server, as, { content: `content ${counter++}`, ...file }))

/** A picture that no other is the same as. */
export const picture = (): Buffer<ArrayBuffer> => Buffer.concat([PNG, Buffer.from(`${counter++}`)])

/** Bytes of memory a process has, in megabytes. */
export const residentMemory = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
