import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase, type TestServer } from '../server.ts'
import { cells, type Relation, type Visibility, visibilities } from './cells.ts'

interface Reader {
  id: string
  token: string | null
}

interface Cast {
  server: TestServer
  readers: Record<Relation, Reader>
  post(as: Relation, params: object): Promise<string>
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
  read(as: Relation, path: string, params?: object): Promise<any>
}

/** People who are one thing each to whatever the author writes. */
async function gather(server: TestServer): Promise<Cast> {
  const enter = async (username: string): Promise<Reader> => {
    const { id, token } = (await server.call('signup', { username, password: 'a password' })).body
    return { id, token }
  }
  const readers = {
    author: server.alice,
    follower: server.bob,
    stranger: server.carol,
    moderator: server.admin,
    mentioned: await enter('mentioned'),
    recipient: await enter('recipient'),
    replyTarget: await enter('answered'),
    anonymous: { id: '', token: null },
  }
  const read = async (as: Relation, path: string, params: object = {}) => {
    const { status, body } = await server.call(path, params, readers[as].token)
    assert.equal(status, 200, `${path} as ${as}: ${JSON.stringify(body)}`)
    return body
  }
  const post = async (as: Relation, params: object) => (await read(as, 'notes/create', params)).createdNote.id as string
  await read('follower', 'following/create', { userId: readers.author.id, withReplies: true })
  return { server, readers, post, read }
}

/** A note by the author that concerns everyone in the one way they have; what it says is in `secret`. */
async function write({ readers, post }: Cast, visibility: Visibility, answered: string): Promise<string> {
  return post('author', {
    text: `${secretOf(visibility)} @mentioned #tagged`,
    cw: secretOf(visibility),
    poll: { choices: [secretOf(visibility), 'other'] },
    replyId: answered,
    visibility,
    visibleUserIds: [readers.recipient.id],
  })
}

const secretOf = (visibility: Visibility) => `secret-${visibility}`

/** Notes that carry it for others to see: what answers it, what quotes it, and what quotes the answer. */
async function carry({ readers, post }: Cast, visibility: Visibility, note: string) {
  const everyone = { visibility: 'specified', visibleUserIds: Object.values(readers).flatMap(({ id }) => id || []) }
  const direct = visibility === 'specified'
  const reply = await post(direct ? 'recipient' : 'mentioned', {
    text: 'answer',
    replyId: note,
    ...(direct && everyone),
  })
  if (direct) return { reply }
  const quote = await post('author', { text: 'quote', renoteId: note, ...(visibility === 'followers' && everyone) })
  const quoteOfReply = await post('stranger', { text: 'quote of the answer', renoteId: reply })
  return { reply, quote, quoteOfReply }
}

const lists = [
  'notes/timeline',
  'notes/hybrid-timeline',
  'notes/local-timeline',
  'notes/global-timeline',
  'users/notes',
  'notes/mentions',
  'notes/replies',
  'notes/children',
  'notes/search-by-tag',
]
const needsPerson = (path: string) => ['notes/timeline', 'notes/hybrid-timeline', 'notes/mentions'].includes(path)

/** What lists of something are asked with: each takes what it knows. */
const subjects = ({ readers }: Cast, answered: string) => ({
  userId: readers.author.id,
  withReplies: true,
  noteId: answered,
  tag: 'tagged',
})

onEachDatabase('visibility', (open) => {
  test('whoever may not see a note learns what it says nowhere; whoever may, does', async () => {
    await using server = await open({ settings: { registration: 'open' } })
    const cast = await gather(server)
    const { read } = cast
    const answered = await cast.post('replyTarget', { text: 'a question' })
    for (const visibility of visibilities) {
      const id = await write(cast, visibility, answered)
      const carriers = await carry(cast, visibility, id)
      for (const [name, allowed] of Object.entries(cells[visibility])) {
        const reader = name as Relation
        const cell = `${visibility} for ${reader}`
        const says = (what: object) => JSON.stringify(what).includes(secretOf(visibility))

        const shown = await read(reader, 'notes/show', { noteId: id })
        assert.equal(shown.isHidden, allowed ? undefined : true, cell)
        assert.equal(says(shown), allowed, `${cell}: notes/show`)
        assert.equal('visibleUserIds' in shown, allowed && visibility === 'specified', `${cell}: recipients`)
        assert.equal('mentions' in shown && 'poll' in shown, allowed, `${cell}: people and poll`)

        for (const [carrier, noteId] of Object.entries(carriers)) {
          const carried = await read(reader, 'notes/show', { noteId })
          const nested = carrier === 'quoteOfReply' ? carried.renote.reply : (carried.renote ?? carried.reply)
          assert.equal(nested.id, id)
          assert.equal(nested.isHidden, allowed ? undefined : true, `${cell}: in the ${carrier}`)
          assert.equal(says(nested), allowed, `${cell}: what the ${carrier} carries`)
          assert.equal(says(carried), allowed, `${cell}: the whole ${carrier}`)
        }

        for (const path of lists) {
          if (needsPerson(path) && reader === 'anonymous') continue
          const params = { limit: 100, ...subjects(cast, answered) }
          const notes = await read(reader, path, params)
          if (!allowed) assert.equal(says(notes), false, `${cell}: ${path}`)
          const isListed = notes.some((note: { id: string }) => note.id === id)
          assert.equal(isListed, allowed && belongs(path, visibility, reader), `${cell}: listed in ${path}`)
        }
      }
    }
  })

  test('pages are full as long as there is more, however much lies between that the reader may not see', async () => {
    await using server = await open({ settings: { registration: 'open' } })
    const cast = await gather(server)
    const { readers, read } = cast
    const answered = await cast.post('replyTarget', { text: 'a question' })
    for (let round = 0; round < 7; round++) {
      for (const visibility of ['followers', 'specified', 'public', 'home'] as const) {
        await write(cast, visibility, answered)
      }
    }
    for (const reader of Object.keys(readers) as Relation[]) {
      for (const path of lists) {
        if (needsPerson(path) && reader === 'anonymous') continue
        const params = subjects(cast, answered)
        const ids = async (page: object): Promise<string[]> =>
          (await read(reader, path, { ...params, ...page })).map((note: { id: string }) => note.id)
        const whole = await ids({ limit: 100 })
        for (let start = 0; start < whole.length; start += 3) {
          const untilId = start === 0 ? {} : { untilId: whole[start - 1] }
          assert.deepEqual(await ids({ limit: 3, ...untilId }), whole.slice(start, start + 3), `${path} as ${reader}`)
        }
        const up = whole.toReversed()
        if (up.length > 4)
          assert.deepEqual(await ids({ limit: 3, sinceId: up[0] }), up.slice(1, 4), `${path} as ${reader}`)
      }
    }
  })
})

/** Whether a list holds what the author writes in answer to another, for a reader who may see it. */
function belongs(path: string, visibility: Visibility, reader: Relation): boolean {
  if (['users/notes', 'notes/replies', 'notes/children', 'notes/search-by-tag'].includes(path)) return true
  if (path === 'notes/mentions') {
    return reader === 'mentioned' || reader === 'replyTarget' || (reader === 'recipient' && visibility === 'specified')
  }
  if (path === 'notes/timeline') return reader === 'author' || reader === 'follower'
  const isHome = path === 'notes/hybrid-timeline' && (reader === 'author' || reader === 'follower')
  return visibility === 'public' || isHome
}
