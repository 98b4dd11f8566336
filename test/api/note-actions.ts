import type { Answer, Person, TestServer } from '../server.ts'
import { bodyOf } from './expect.ts'

/** Posts a note and gives it. */
export const post = async (server: TestServer, as: Person, params: object) =>
  bodyOf(await server.call('notes/create', params, as)).createdNote

export const show = async (server: TestServer, noteId: string, as: Person | null = null) =>
  bodyOf(await server.call('notes/show', { noteId }, as))

/** Makes one person block another. */
export const block = async (server: TestServer, blocker: Person, blockee: Person) =>
  bodyOf(await server.call('blocking/create', { userId: blockee.id }, blocker))

/** Does the same many times at once, and gives how often each answer came. */
export async function atOnce(times: number, call: (turn: number) => Promise<Answer>): Promise<Record<string, number>> {
  const answers = await Promise.all(Array.from({ length: times }, (_, turn) => call(turn)))
  const outcomes: Record<string, number> = {}
  for (const { status, body } of answers) {
    const outcome = body?.error?.code ?? String(status)
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  return outcomes
}
