import { searched } from './text.ts'
import { tokens, type World } from './world.ts'

export interface Scenario {
  name: string
  path: string
  body: () => string
  /** The part of the floor's requests per second that is promised. */
  promise?: number
  /** What somebody else does five times a second meanwhile. */
  meanwhile?: { path: string; body: () => string }
}

/** What is asked, in turn. Each body of a scenario asks for something else where clients would. */
export function scenariosOf({ userIds, noteIds }: World): Scenario[] {
  let turn = 0
  // A step that shares no factor with their number comes to all of them.
  const next = <T>(from: readonly T[]): T => {
    turn += 7919
    return from[turn % from.length]!
  }
  const as =
    (token: string, params: object = {}) =>
    () =>
      JSON.stringify({ i: token, ...params })
  let posted = 0
  const popularNote = as(tokens.popular, { text: 'hello, everybody' })
  return [
    { name: 'meta', path: 'meta', body: () => '{}' },
    { name: 'i', path: 'i', body: as(tokens.author), promise: 0.35 },
    { name: 'users/show', path: 'users/show', body: () => JSON.stringify({ i: tokens.author, userId: next(userIds) }) },
    {
      name: 'notes/show',
      path: 'notes/show',
      body: () => JSON.stringify({ i: tokens.author, noteId: next(noteIds) }),
      promise: 0.3,
    },
    { name: 'local 10', path: 'notes/local-timeline', body: as(tokens.author, { limit: 10 }), promise: 0.25 },
    { name: 'local 10 anonymous', path: 'notes/local-timeline', body: () => '{"limit":10}' },
    { name: 'home 10 busy', path: 'notes/timeline', body: as(tokens.busy, { limit: 10 }), promise: 0.25 },
    { name: 'home 10 quiet', path: 'notes/timeline', body: as(tokens.quiet, { limit: 10 }), promise: 0.25 },
    { name: 'home 10 none', path: 'notes/timeline', body: as(tokens.none, { limit: 10 }) },
    { name: 'home 100 busy', path: 'notes/timeline', body: as(tokens.busy, { limit: 100 }) },
    { name: 'home 100 quiet', path: 'notes/timeline', body: as(tokens.quiet, { limit: 100 }) },
    { name: 'notifications', path: 'i/notifications', body: as(tokens.author, { limit: 10 }) },
    { name: 'search common', path: 'notes/search', body: as(tokens.author, { query: searched.common }) },
    { name: 'search 京都', path: 'notes/search', body: as(tokens.author, { query: searched.signs }) },
    { name: 'search rare', path: 'notes/search', body: as(tokens.author, { query: searched.rare }) },
    { name: 'search missing', path: 'notes/search', body: as(tokens.author, { query: searched.missing }) },
    {
      name: 'notes/create',
      path: 'notes/create',
      body: () =>
        JSON.stringify({ i: tokens.author, text: `note ${posted++} 京都の猫 the quick brown fox ${Math.random()}` }),
      promise: 0.2,
    },
    { name: 'create to fans', path: 'notes/create', body: popularNote },
    { name: 'i meanwhile', path: 'i', body: as(tokens.author), meanwhile: { path: 'notes/create', body: popularNote } },
  ]
}

/** The same of a server whose notes are its own, with somebody's token. */
export function peerScenarios(token: string): Scenario[] {
  const as =
    (params: object = {}) =>
    () =>
      JSON.stringify({ i: token, ...params })
  return [
    { name: 'meta', path: 'meta', body: () => '{}' },
    { name: 'i', path: 'i', body: as() },
    { name: 'local 10', path: 'notes/local-timeline', body: as({ limit: 10 }) },
    { name: 'home 10', path: 'notes/timeline', body: as({ limit: 10 }) },
    { name: 'home 100', path: 'notes/timeline', body: as({ limit: 100 }) },
    { name: 'notifications', path: 'i/notifications', body: as({ limit: 10 }) },
    { name: 'notes/create', path: 'notes/create', body: () => as({ text: `a note like no other ${Math.random()}` })() },
  ]
}
