import type { Ctx } from '../context.ts'
import type { NotificationRow } from '../db/queries/notifications.ts'
import { type UserRow, usersByIds } from '../db/queries/users.ts'
import { isoTimeOfId } from '../lib/id.ts'
import { showNotes } from './note.ts'
import { showRoles } from './role.ts'
import type { Note } from './schema/note.ts'
import type { GroupedNotification, Notification } from './schema/notification.ts'
import type { Role } from './schema/role.ts'
import type { UserLite } from './schema/user-lite.ts'
import { showUserLite, type Viewer } from './user-lite.ts'

/** Everything presenting needs, read in as many statements for thirty notifications as for one. */
interface Hydrated {
  notes: ReadonlyMap<string, Note>
  users: ReadonlyMap<string, UserLite>
  roles: ReadonlyMap<string, Role>
}

const known = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]

async function hydrate(ctx: Ctx, rows: readonly NotificationRow[], viewer: Viewer): Promise<Hydrated> {
  const notes = await showNotes(ctx, known(rows.map(({ noteId }) => noteId)), viewer)
  const users: UserRow[] = await usersByIds(ctx.db, known(rows.map(({ notifierId }) => notifierId)))
  const given = known(rows.map(({ roleId }) => roleId)).flatMap((id) => ctx.settings.roles().get(id) ?? [])
  const roles = given.length > 0 ? await showRoles(ctx, given) : []
  return {
    notes: new Map(notes.map((note) => [note.id, note])),
    users: new Map(users.map((row) => [row.id, showUserLite(ctx, row, viewer)])),
    roles: new Map(roles.map((role) => [role.id, role])),
  }
}

/** Notifications as the person they are for sees them, in the order of the rows. */
export async function showNotifications(
  ctx: Ctx,
  rows: readonly NotificationRow[],
  viewer: Viewer,
): Promise<Notification[]> {
  const hydrated = await hydrate(ctx, rows, viewer)
  return rows.flatMap((row) => present(hydrated, row) ?? [])
}

/** The types that are shown: others are not made, or say nothing by themselves. */
export const shownTypes = [
  'note',
  'mention',
  'reply',
  'renote',
  'quote',
  'reaction',
  'pollEnded',
  'follow',
  'receiveFollowRequest',
  'followRequestAccepted',
  'roleAssigned',
  'app',
  'login',
  'createToken',
  'test',
] as const

const textOf = (data: Record<string, unknown> | null, name: string): string | null => {
  const value = data?.[name]
  return typeof value === 'string' ? value : null
}

/** Null for what cannot be shown, for the note or the notifier went while it was read. */
function present({ notes, users, roles }: Hydrated, row: NotificationRow): Notification | null {
  const { id, data } = row
  const type = row.type as (typeof shownTypes)[number]
  const when = { id, createdAt: isoTimeOfId(id) }
  const note = row.noteId === null ? undefined : notes.get(row.noteId)
  const user = row.notifierId === null ? undefined : users.get(row.notifierId)
  switch (type) {
    case 'login':
    case 'createToken':
    case 'test':
      return { ...when, type }
    case 'app':
      return {
        ...when,
        type,
        body: textOf(data, 'body') ?? '',
        header: textOf(data, 'header'),
        icon: textOf(data, 'icon'),
      }
    case 'roleAssigned': {
      const role = row.roleId === null ? undefined : roles.get(row.roleId)
      return role ? { ...when, type, role } : null
    }
    case 'pollEnded':
      return note ? { ...when, type, note } : null
  }
  if (!user) return null
  const from = { ...when, userId: user.id, user }
  switch (type) {
    case 'follow':
    case 'receiveFollowRequest':
      return { ...from, type }
    case 'followRequestAccepted':
      return { ...from, type, message: textOf(data, 'message') }
  }
  if (!note) return null
  if (type === 'reaction') return { ...from, type, note, reaction: textOf(data, 'reaction') ?? '' }
  return { ...from, type, note }
}

/** Notifications told as one: reactions to the same note, or renotes of the same note, that nothing else came between. */
export type Group = readonly [NotificationRow, ...NotificationRow[]]

/** Puts what belongs together into groups, in the order of the rows. */
export function grouped(rows: readonly NotificationRow[]): Group[] {
  const groups: [NotificationRow, ...NotificationRow[]][] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (last && belongTogether(last[0], row)) last.push(row)
    else groups.push([row])
  }
  return groups
}

function belongTogether(one: NotificationRow, other: NotificationRow): boolean {
  if (one.type !== other.type) return false
  if (one.type === 'reaction') return one.noteId === other.noteId
  return one.type === 'renote' && one.renoteId !== null && one.renoteId === other.renoteId
}

/** Groups as the person they are for sees them; what stands alone is shown as it is. */
export async function showGroups(ctx: Ctx, groups: readonly Group[], viewer: Viewer): Promise<GroupedNotification[]> {
  const hydrated = await hydrate(ctx, groups.flat(), viewer)
  return groups.flatMap((group) => presentGroup(hydrated, group) ?? [])
}

function presentGroup(hydrated: Hydrated, group: Group): GroupedNotification | null {
  const shown = group.flatMap((row) => present(hydrated, row) ?? [])
  const [first] = shown
  if (!first || shown.length === 1) return first ?? null
  // Whoever asks for the next page names the last of them.
  const id = group.at(-1)!.id
  const newestFirst = shown.toSorted((one, other) => (one.id < other.id ? 1 : -1))
  const newest = newestFirst[0]!
  const about = { id, createdAt: newest.createdAt }
  if (newest.type === 'reaction') {
    const reactions = newestFirst.flatMap((one) =>
      one.type === 'reaction' ? [{ user: one.user, reaction: one.reaction }] : [],
    )
    return { ...about, type: 'reaction:grouped', note: newest.note, reactions }
  }
  if (newest.type !== 'renote') return null
  const users = newestFirst.flatMap((one) => ('user' in one ? [one.user] : []))
  return { ...about, type: 'renote:grouped', note: newest.note, users }
}
