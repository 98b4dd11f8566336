import Type from 'typebox'
import { component, refTo } from './component.ts'
import { dateTime, id, nullable, oneOf, url } from './fields.ts'

/** News from the server. `isRead` is there for those who are signed in. */
export const announcementSchema = component('Announcement', {
  id,
  createdAt: dateTime,
  updatedAt: nullable(dateTime),
  title: Type.String(),
  text: Type.String(),
  imageUrl: nullable(url),
  icon: oneOf('info', 'warning', 'error', 'success'),
  display: oneOf('normal', 'banner', 'dialog'),
  needConfirmationToRead: Type.Boolean(),
  silence: Type.Boolean(),
  forYou: Type.Boolean(),
  isRead: Type.Optional(Type.Boolean()),
})
export const Announcement = refTo(announcementSchema)
export type Announcement = Type.Static<typeof Announcement>
