import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Condition, type ConditionFacts, meets } from '../../src/lib/role-condition.ts'

const NOW = Date.UTC(2026, 0, 1)

/** Came here a hundred seconds ago. */
const person: ConditionFacts = {
  createdAt: NOW - 100_000,
  isBot: false,
  isCat: true,
  isLocked: false,
  isExplorable: true,
  isSuspended: false,
  followersCount: 10,
  followingCount: 20,
  notesCount: 30,
  roleIds: new Set(['helper']),
}

const yes = { id: 'y', type: 'isCat' }
const no = { id: 'n', type: 'isBot' }

const cases: [condition: Condition, expected: boolean, facts?: Partial<ConditionFacts>][] = [
  [{ type: 'isLocal' }, true],
  [{ type: 'isRemote' }, false],
  [{ type: 'isBot' }, false],
  [{ type: 'isBot' }, true, { isBot: true }],
  [{ type: 'isCat' }, true],
  [{ type: 'isCat' }, false, { isCat: false }],
  [{ type: 'isLocked' }, false],
  [{ type: 'isLocked' }, true, { isLocked: true }],
  [{ type: 'isExplorable' }, true],
  [{ type: 'isExplorable' }, false, { isExplorable: false }],
  [{ type: 'isSuspended' }, false],
  [{ type: 'isSuspended' }, true, { isSuspended: true }],
  [{ type: 'createdLessThan', sec: 101 }, true],
  [{ type: 'createdLessThan', sec: 99 }, false],
  [{ type: 'createdMoreThan', sec: 99 }, true],
  [{ type: 'createdMoreThan', sec: 101 }, false],
  [{ type: 'followersLessThanOrEq', value: 10 }, true],
  [{ type: 'followersLessThanOrEq', value: 9 }, false],
  [{ type: 'followersMoreThanOrEq', value: 10 }, true],
  [{ type: 'followersMoreThanOrEq', value: 11 }, false],
  [{ type: 'followingLessThanOrEq', value: 20 }, true],
  [{ type: 'followingLessThanOrEq', value: 19 }, false],
  [{ type: 'followingMoreThanOrEq', value: 20 }, true],
  [{ type: 'followingMoreThanOrEq', value: 21 }, false],
  [{ type: 'notesLessThanOrEq', value: 30 }, true],
  [{ type: 'notesLessThanOrEq', value: 29 }, false],
  [{ type: 'notesMoreThanOrEq', value: 30 }, true],
  [{ type: 'notesMoreThanOrEq', value: 31 }, false],
  [{ type: 'roleAssignedTo', roleId: 'helper' }, true],
  [{ type: 'roleAssignedTo', roleId: 'other' }, false],
  [{ type: 'not', value: yes }, false],
  [{ type: 'not', value: no }, true],
  [{ type: 'and', values: [yes, yes] }, true],
  [{ type: 'and', values: [yes, no] }, false],
  [{ type: 'and', values: [] }, true],
  [{ type: 'or', values: [no, yes] }, true],
  [{ type: 'or', values: [no, no] }, false],
  [{ type: 'or', values: [] }, false],
  [
    {
      type: 'and',
      values: [
        { type: 'or', values: [no, yes] },
        { type: 'not', value: no },
      ],
    },
    true,
  ],
  // What is none of these is never met, wherever it stands, and neither is its opposite.
  [{}, false],
  [{ type: 'isAdmired' }, false],
  [{ type: 'constructor' }, false],
  [{ type: 'not' }, false],
  [{ type: 'not', value: { type: 'isAdmired' } }, false],
  [{ type: 'and', values: [yes, null] }, false],
  [{ type: 'and' }, false],
  [{ type: 'or', values: 'isCat' }, false],
  [{ type: 'createdMoreThan', sec: '1' }, false],
  [{ type: 'notesMoreThanOrEq' }, false],
  [{ type: 'roleAssignedTo' }, false],
]

for (const [condition, expected, facts] of cases) {
  test(`${JSON.stringify(condition)} of ${JSON.stringify(facts ?? {})} is ${expected}`, () => {
    assert.equal(meets(condition, { ...person, ...facts }, NOW), expected)
  })
}

test('conditions nested beyond measure are not met, and do no harm', () => {
  let condition: Condition = yes
  for (let depth = 0; depth < 100_000; depth++) condition = { type: 'and', values: [condition] }
  assert.equal(meets(condition, person, NOW), false)
})
