import type { TestServer } from '../server.ts'
import { bodyOf } from './expect.ts'

/** A role as an administrator makes it, with what is given changed. */
export const roleParams = (more: object = {}) => ({
  name: 'Helpers',
  description: 'They help',
  color: '#4f7f3a',
  iconUrl: null,
  target: 'manual',
  condFormula: {},
  isPublic: true,
  isModerator: false,
  isAdministrator: false,
  isExplorable: true,
  asBadge: true,
  canEditMembersByModerator: false,
  displayOrder: 3,
  policies: {},
  ...more,
})

/** Makes a role and returns its id. */
export async function makeRole(server: TestServer, more: object = {}): Promise<string> {
  return bodyOf(await server.call('admin/roles/create', roleParams(more), server.admin)).id
}

/** A policy of a role that is the role's own. */
export const own = (value: unknown, priority = 0) => ({ useDefault: false, priority, value })
