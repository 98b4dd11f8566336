import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAdminPermission, permissions, userPermissions } from '../../src/access/permission.ts'
import { endOf } from '../../src/pages/expiry.ts'
import { dangerOf, inGroups, permissionGroups } from '../../src/pages/permissions.ts'
import { permissionsOf, presets } from '../../src/pages/presets.ts'

test('every permission stands in exactly one group', () => {
  const grouped = Object.values(permissionGroups).flat()
  assert.deepEqual([...grouped].sort(), [...permissions].sort())
})

test('the dangerous stand first: administration, then groups with sensitive permissions, and these first in each', () => {
  const weights = { admin: 0, sensitive: 1, none: 2 } as const
  const weigh = (permission: string) => weights[dangerOf(permission) ?? 'none']
  const groups = inGroups(permissions).map((group) => group.permissions.map(weigh))
  for (const group of groups) assert.deepEqual(group, [...group].sort())
  const firsts = groups.map(([first]) => first!)
  assert.deepEqual(firsts, [...firsts].sort())
  assert.ok(permissions.filter(isAdminPermission).every((permission) => dangerOf(permission) === 'admin'))
})

test('only groups with something to show are shown', () => {
  assert.deepEqual(inGroups(['read:drive', 'write:notes']), [
    { name: 'drive', permissions: ['read:drive'] },
    { name: 'notes', permissions: ['write:notes'] },
  ])
})

test('no ready set holds administration, and read only changes nothing', () => {
  for (const preset of presets) assert.ok(!(permissionsOf(preset) ?? []).some(isAdminPermission), preset)
  assert.ok(permissionsOf('read')!.every((permission) => permission.startsWith('read:')))
  assert.deepEqual(permissionsOf('everything'), userPermissions)
  assert.ok(permissionsOf('bot')!.includes('write:notes'))
  assert.equal(permissionsOf('custom'), null)
})

test('a token ends when its form said', () => {
  assert.equal(endOf('never', 5), null)
  assert.equal(endOf('1d', 5), 5 + 86_400_000)
  assert.equal(endOf('1y', 0), 365 * 86_400_000)
})
