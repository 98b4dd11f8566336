import Type from 'typebox'
import { component, refTo } from './component.ts'

export const hashtagSchema = component('Hashtag', {
  tag: Type.String(),
  mentionedUsersCount: Type.Integer(),
  mentionedLocalUsersCount: Type.Integer(),
  mentionedRemoteUsersCount: Type.Integer(),
  attachedUsersCount: Type.Integer(),
  attachedLocalUsersCount: Type.Integer(),
  attachedRemoteUsersCount: Type.Integer(),
})
export const Hashtag = refTo(hashtagSchema)
export type Hashtag = Type.Static<typeof Hashtag>
