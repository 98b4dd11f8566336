import { addToScore } from '../../src/db/queries/featured.ts'
import type { Account, Stage } from './cast.ts'
import { type Visibility, visibilities } from './cells.ts'
import type { Kind, Told } from './ways.ts'

/** A note of the author's, with words nobody else uses. */
export interface Secret extends Told {
  id: string
  says: string
}

/** A note that carries a secret for others to see, and how far into it that is. */
export interface Carrier {
  secret: Secret
  name: string
  id: string
  path: readonly ('reply' | 'renote')[]
  /** For everybody in the cast, and so not for anonymous readers. */
  isDirect: boolean
}

const post = async ({ call }: Stage, as: Account, params: object): Promise<string> =>
  (await call(as, 'notes/create', params)).createdNote.id

/** What the author writes: an answer and a note by itself of each visibility, and one in a channel. */
export async function writeSecrets(stage: Stage): Promise<Secret[]> {
  const { people, answered, channelId } = stage
  const places = { answer: { replyId: answered }, plain: {}, channel: { channelId } }
  const write = async (kind: Kind, visibility: Visibility): Promise<Secret> => {
    const says = `secret-${kind}-${visibility}`
    const text = `${says} @mentioned #tagged #${says.replaceAll('-', '')}`
    const about = { visibility, visibleUserIds: [people.recipient.id], poll: { choices: [says, 'other'] } }
    const id = await post(stage, people.author, { text, cw: says, ...about, ...places[kind] })
    return { id, kind, visibility, says }
  }
  const secrets: Secret[] = []
  for (const visibility of visibilities) {
    secrets.push(await write('answer', visibility), await write('plain', visibility))
  }
  return [...secrets, await write('channel', 'public')]
}

/** Answers to the author's answers, renotes and quotes of them, as far as there may be any. */
export async function carry(stage: Stage, secrets: readonly Secret[]): Promise<Carrier[]> {
  const { people, carrier } = stage
  const { author, recipient, mentioned } = people
  const everybody = { visibility: 'specified', visibleUserIds: Object.values(people).flatMap(({ id }) => id || []) }
  const carriers: Carrier[] = []
  for (const secret of secrets.filter(({ kind }) => kind === 'answer')) {
    const add = async (name: string, path: Carrier['path'], as: Account, params: object) => {
      const id = await post(stage, as, params)
      carriers.push({ secret, name, path, id, isDirect: 'visibleUserIds' in params })
      return id
    }
    const answer = { text: 'answer', replyId: secret.id }
    if (secret.visibility === 'specified') {
      await add('reply', ['reply'], recipient, { ...answer, ...everybody })
      continue
    }
    const reply = await add('reply', ['reply'], mentioned, answer)
    await add('quote of the reply', ['renote', 'reply'], carrier, { text: 'quoted', renoteId: reply })
    const isOpen = secret.visibility !== 'followers'
    const [by, shown] = isOpen ? [carrier, {}] : [author, everybody]
    const quote = await add('quote', ['renote'], by, { text: 'quote', renoteId: secret.id, ...shown })
    await add('renote', ['renote'], by, { renoteId: secret.id, ...shown })
    if (isOpen) await add('quote of the quote', ['renote', 'renote'], carrier, { text: 'quoted', renoteId: quote })
  }
  return carriers
}

/** Lets everybody keep the notes, the carrier clip them, and the author pin them and react to them. */
export async function leaveTraces({ server, call, people, carrier, clipId }: Stage, secrets: readonly Secret[]) {
  for (const { id: noteId, kind, visibility } of secrets) {
    await Promise.all([
      call(carrier, 'clips/add-note', { clipId, noteId }),
      call(people.author, 'notes/reactions/create', { noteId, reaction: '👍' }),
      ...Object.values(people).map(async (person) => {
        if (person.token) await call(person, 'notes/favorites/create', { noteId })
      }),
    ])
    if (kind === 'answer') await call(people.author, 'i/pin', { noteId })
    if (kind === 'plain' && visibility === 'public') await server.ctx.transact((tx) => addToScore(tx, noteId, 1))
  }
}
