import { isPermission } from '../../permission.ts'
import { problem } from '../problem.ts'
import type { Step } from '../request.ts'

/** The permissions asked for: names nobody knows and repeated ones are left out, as clients expect. */
export const readScope: Step = (_ctx, asked) => {
  // RFC 6749 section 3.3.
  const names = [...new Set((asked.query.get('scope') ?? '').split(' '))].filter((name) => name !== '')
  asked.permissions = names.filter(isPermission)
  asked.unknown = names.filter((name) => !isPermission(name))
  if (asked.permissions.length > 0) return null
  return problem('invalid_scope', 'scope has to name at least one permission, separated by spaces.')
}
