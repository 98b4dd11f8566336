import { MAX_PUSH_LENGTH } from '../lib/web-push.ts'
import type { Note } from '../views/schema/note.ts'
import type { Notification } from '../views/schema/notification.ts'

/** Characters of a note that are sent. */
const LONGEST_TEXT = 300

/** What a client's service worker is sent. */
interface PushMessage {
  type: 'notification' | 'readAllNotifications'
  body?: object
  userId: string
  /** Milliseconds since 1970. */
  dateTime: number
}

/** Tells a device that everything was read. */
export const readMessage = (userId: string, dateTime: number): string =>
  written({ type: 'readAllNotifications', userId, dateTime })

/** Tells a device of a notification: as much of it as a push service takes. */
export function notificationMessage(notification: Notification, userId: string, dateTime: number): string {
  const body = 'note' in notification ? { ...notification, note: shortened(notification.note) } : notification
  const message = { type: 'notification', userId, dateTime } as const
  const whole = written({ ...message, body })
  if (Buffer.byteLength(whole) <= MAX_PUSH_LENGTH) return whole
  // Too much in names and lists: what is needed to show something and to find the rest.
  const { id, createdAt, type } = notification
  const { user } = 'user' in notification ? notification : { user: undefined }
  const { name, username, host, avatarUrl } = user ?? {}
  return written({
    ...message,
    body: {
      ...{ id, createdAt, type },
      ...(user && { userId: user.id, user: { id: user.id, name, username, host, avatarUrl } }),
      ...('note' in notification && { note: { id: notification.note.id, text: textOf(notification.note) } }),
      ...('reaction' in notification && { reaction: notification.reaction }),
      ...(notification.type === 'app' && { body: cut(notification.body), header: cut(notification.header ?? '') }),
    },
  })
}

const written = (message: PushMessage): string => JSON.stringify(message)

const cut = (text: string): string =>
  text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT).toWellFormed()}…` : text

/** What a notification says of a note: its warning before its text; of a renote, what it renotes. */
const textOf = (note: Note): string => cut(note.cw ?? note.text ?? note.renote?.cw ?? note.renote?.text ?? '')

function shortened(note: Note): object {
  const { cw: _cw, reply: _reply, renote: _renote, user: _user, ...rest } = note
  return { ...rest, text: textOf(note) }
}
