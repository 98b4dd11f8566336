import Type from 'typebox'
import { refTo } from './component.ts'
import { closed, dateTime, id, nullable, oneOf } from './fields.ts'
import { Note } from './note.ts'
import { Role } from './role.ts'
import { UserLite } from './user-lite.ts'

/** Properties of every notification, with the type that says which others there are. */
const common = <const T extends string>(...types: T[]) => ({ id, createdAt: dateTime, type: oneOf(...types) })

const from = { user: UserLite, userId: id }

/** Notifications made by this server, each type with its own properties. */
const single = [
  closed({ ...common('note', 'mention', 'reply', 'renote', 'quote'), ...from, note: Note }),
  closed({ ...common('reaction'), ...from, note: Note, reaction: Type.String() }),
  closed({ ...common('pollEnded'), note: Note }),
  closed({ ...common('follow', 'receiveFollowRequest'), ...from }),
  closed({ ...common('followRequestAccepted'), ...from, message: nullable(Type.String()) }),
  closed({ ...common('roleAssigned'), role: Role }),
  closed({ ...common('app'), body: Type.String(), header: nullable(Type.String()), icon: nullable(Type.String()) }),
  closed(common('login', 'createToken', 'test')),
] as const

/** Several reactions to one note, or renotes of one note, told as one; latest first. */
const grouped = [
  closed({
    ...common('reaction:grouped'),
    note: Note,
    reactions: Type.Array(closed({ user: UserLite, reaction: Type.String() })),
  }),
  closed({ ...common('renote:grouped'), note: Note, users: Type.Array(UserLite) }),
] as const

/** Something a person is told. */
export const notificationSchema = Object.assign(Type.Union([...single]), { $id: 'Notification' })
export const Notification = refTo(notificationSchema)
export type Notification = Type.Static<typeof Notification>

/** The same, or several of the same kind in one. */
export const groupedNotificationSchema = Object.assign(Type.Union([...single, ...grouped]), {
  $id: 'GroupedNotification',
})
export const GroupedNotification = refTo(groupedNotificationSchema)
export type GroupedNotification = Type.Static<typeof GroupedNotification>
