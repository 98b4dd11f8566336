import Type from 'typebox'
import { component, refTo } from './component.ts'
import { dateTime, id } from './fields.ts'
import { Note } from './note.ts'
import { UserLite } from './user-lite.ts'

const ownProperties = { id, createdAt: dateTime, user: UserLite, type: Type.String() }

export const noteReactionSchema = component('NoteReaction', ownProperties)
export const NoteReaction = refTo(noteReactionSchema)
export type NoteReaction = Type.Static<typeof NoteReaction>

export const noteReactionWithNoteSchema = component('NoteReactionWithNote', { ...ownProperties, note: Note })
export const NoteReactionWithNote = refTo(noteReactionWithNoteSchema)
export type NoteReactionWithNote = Type.Static<typeof NoteReactionWithNote>
