import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PolicyName, policiesOfRoles, policiesWith, type RolePolicy } from '../../src/config/policies.ts'

const base = policiesWith({ pinLimit: 7 })
const own = (value: unknown, priority = 0): RolePolicy => ({ useDefault: false, priority, value })
const likeEveryone = (priority = 0): RolePolicy => ({ useDefault: true, priority, value: 'anything' })

const cases: [what: string, name: PolicyName, said: (RolePolicy | null)[], expected: unknown][] = [
  ['a role that says nothing', 'pinLimit', [null], 7],
  ['a role that says “as everyone”', 'pinLimit', [likeEveryone()], 7],
  ['more', 'pinLimit', [own(9)], 9],
  ['less', 'pinLimit', [own(1)], 1],
  ['of several numbers the greatest', 'pinLimit', [own(1), own(9), own(5)], 9],
  ['another role leaves it as it is', 'pinLimit', [own(1), null], 7],
  ['less, with more weight than the other role', 'pinLimit', [own(1, 1), null], 1],
  ['the highest priority alone counts', 'pinLimit', [own(1, 2), own(9, 1), own(99)], 1],
  ['“as everyone” with the highest priority', 'pinLimit', [likeEveryone(2), own(99, 1)], 7],
  ['of several with one priority the greatest', 'pinLimit', [own(1, 1), own(3, 1), own(99)], 3],
  ['yes of anyone is yes', 'canInvite', [own(true), own(false)], true],
  ['no of all is no', 'canPublicNote', [own(false), own(false)], false],
  ['no of one, where the other says nothing', 'canPublicNote', [own(false), null], true],
  ['no of one with more weight', 'canPublicNote', [own(false, 1), null], false],
  ['the widest availability', 'chatAvailability', [own('unavailable'), own('readonly')], 'readonly'],
  ['availability, where the other says nothing', 'chatAvailability', [own('unavailable'), null], 'available'],
  [
    'all that any list has',
    'uploadableFileTypes',
    [own(['a/b', 'c/d'], 1), own(['a/b', 'e/*'], 1)],
    ['a/b', 'c/d', 'e/*'],
  ],
  ['a value of another kind is none', 'pinLimit', [own('many')], 7],
]

for (const [what, name, said, expected] of cases) {
  test(`${name}: ${what}`, () => {
    const policies = policiesOfRoles(
      base,
      said.map((one) => (one ? { [name]: one } : {})),
    )
    assert.deepEqual(policies[name], expected)
    assert.deepEqual({ ...policies, [name]: base[name] }, base, 'the others are as they were')
  })
}

test('without roles everyone’s policies apply', () => {
  assert.equal(policiesOfRoles(base, []), base)
})
