import Type from 'typebox'
import { maxNoteTextLength } from '../../config/server-settings.ts'
import { createNote, type NoteRequest } from '../../core/create-note.ts'
import { HOUR } from '../../lib/time.ts'
import { visibilities } from '../../lib/visibility.ts'
import { showNote, showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { Flag, Id, Ids, LATEST, Nullable, OneOf, Time } from '../params.ts'
import { createNoteErrors } from './create-errors.ts'

const acceptances = [
  'likeOnly',
  'likeOnlyForRemote',
  'nonSensitiveOnly',
  'nonSensitiveOnlyForLocalLikeOnlyForRemote',
] as const

const poll = Type.Object({
  choices: Type.Array(Type.String({ minLength: 1, maxLength: 50 }), { uniqueItems: true, minItems: 2, maxItems: 10 }),
  multiple: Flag(false),
  expiresAt: Type.Optional(Nullable(Time())),
  expiredAfter: Type.Optional(Nullable(Type.Integer({ minimum: 1 }))),
})

const absent = { type: 'null' }

const params = Type.Object(
  {
    text: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: maxNoteTextLength }))),
    cw: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 100 }))),
    visibility: Type.Optional(OneOf(visibilities, { default: 'public' })),
    visibleUserIds: Type.Optional(Ids({ maxItems: 1000 })),
    localOnly: Flag(false),
    reactionAcceptance: Type.Optional(Nullable(OneOf(acceptances))),
    noExtractMentions: Flag(false),
    noExtractHashtags: Flag(false),
    noExtractEmojis: Flag(false),
    replyId: Type.Optional(Nullable(Id())),
    renoteId: Type.Optional(Nullable(Id())),
    channelId: Type.Optional(Nullable(Id())),
    fileIds: Type.Optional(Ids({ minItems: 1, maxItems: 16 })),
    mediaIds: Type.Optional(Ids({ minItems: 1, maxItems: 16 })),
    poll: Type.Optional(Nullable(poll)),
  },
  {
    // A note must say something: without a renote, files or a poll it needs text that is not only white space.
    if: { properties: { renoteId: absent, fileIds: absent, mediaIds: absent, poll: absent } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      required: ['text'],
      properties: { text: { type: 'string', minLength: 1, maxLength: maxNoteTextLength, pattern: '[^\\s]+' } },
    },
  },
)

export default endpoint({
  path: 'notes/create',
  about: 'Posts a note.',
  auth: 'required',
  permission: 'write:notes',
  secure: false,
  refusedToMoved: true,
  limit: { max: 300, per: HOUR },
  params,
  res: Type.Object({ createdNote: Note }),
  errors: createNoteErrors,
  async handle({ ctx, params, me, fail }) {
    const note = await createNote(ctx, me.id, me.policies, requestOf(params))
    if (typeof note === 'string') return fail(note)
    const [createdNote] = await showNotes(ctx, [note.id], me, [note.row])
    return createdNote ? { createdNote } : fail('noSuchReplyTarget')
  },
  async again({ ctx, me }, id) {
    const createdNote = await showNote(ctx, id, me)
    return createdNote && { createdNote }
  },
})

function requestOf(given: Type.Static<typeof params>): NoteRequest {
  return {
    text: given.text ?? null,
    cw: given.cw ?? null,
    visibility: given.visibility ?? 'public',
    visibleUserIds: given.visibleUserIds ?? [],
    localOnly: given.localOnly ?? false,
    reactionAcceptance: given.reactionAcceptance ?? null,
    noExtractMentions: given.noExtractMentions ?? false,
    noExtractHashtags: given.noExtractHashtags ?? false,
    replyId: given.replyId ?? null,
    renoteId: given.renoteId ?? null,
    channelId: given.channelId ?? null,
    fileIds: given.fileIds ?? given.mediaIds ?? [],
    poll: given.poll ? pollOf(given.poll) : null,
  }
}

function pollOf({ choices, multiple, expiresAt, expiredAfter }: Type.Static<typeof poll>): NoteRequest['poll'] {
  const end = expiredAfter == null ? (expiresAt ?? null) : Math.min(Date.now() + expiredAfter, LATEST)
  return { choices, multiple: multiple ?? false, expiresAt: end }
}
