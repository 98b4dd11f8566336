import type Type from 'typebox'
import { component, refTo } from './component.ts'
import { dateTime, id } from './fields.ts'
import { Note } from './note.ts'

export const noteFavoriteSchema = component('NoteFavorite', { id, createdAt: dateTime, noteId: id, note: Note })
export const NoteFavorite = refTo(noteFavoriteSchema)
export type NoteFavorite = Type.Static<typeof NoteFavorite>
