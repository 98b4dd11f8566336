import assert from 'node:assert/strict'
import type { BusEvent } from '../../src/bus/bus.ts'
import type { Answer, Person, TestServer } from '../server.ts'
import { bodyOf } from './expect.ts'

/** Posts a note and gives it. */
export const post = async (server: TestServer, as: Person, params: object) =>
  bodyOf(await server.call('notes/create', params, as)).createdNote

export const show = async (server: TestServer, noteId: string, as: Person | null = null) =>
  bodyOf(await server.call('notes/show', { noteId }, as))

/** No note and no person have it. */
export const NOBODY = 'aaaaaaaaaaaaaaaa'

/** Makes one person block another. */
export async function block({ ctx }: TestServer, blocker: Person, blockee: Person): Promise<void> {
  const row = { id: ctx.ids.next(), blockerId: blocker.id, blockeeId: blockee.id }
  await ctx.transact((tx) => tx.insertInto('blocking').values(row).execute())
}

/** Changes what a person has set. */
export async function setUp({ ctx }: TestServer, { id }: Person, changes: object): Promise<void> {
  await ctx.transact((tx) => tx.updateTable('user').set(changes).where('id', '=', id).execute())
}

/** What the bus says of some kinds from now on. */
export function listen({ ctx }: TestServer, ...types: BusEvent['type'][]): BusEvent[] {
  const heard: BusEvent[] = []
  ctx.bus.subscribe((event) => {
    if (types.includes(event.type)) heard.push(event)
  })
  return heard
}

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

/** Reads a list of ten in pages of four, downwards and upwards, and refuses a page that is short or out of order. */
export async function assertPaged(ids: readonly string[], read: (page: object) => Promise<string[]>): Promise<void> {
  assert.equal(ids.length, 10)
  const down = [...ids].sort().reverse()
  assert.deepEqual(await read({ limit: 100 }), down)
  assert.deepEqual(await read({ limit: 4 }), down.slice(0, 4))
  assert.deepEqual(await read({ limit: 4, untilId: down[3] }), down.slice(4, 8))
  assert.deepEqual(await read({ limit: 4, untilId: down[7] }), down.slice(8))
  const up = down.toReversed()
  assert.deepEqual(await read({ limit: 4, sinceId: up[1] }), up.slice(2, 6))
  assert.deepEqual(await read({ limit: 4, sinceId: up[1], untilId: up[8] }), up.slice(4, 8).reverse())
}
