/** What a condition asks about a person. */
export interface ConditionFacts {
  /** Since when they are here, milliseconds since 1970. */
  createdAt: number
  isBot: boolean
  isCat: boolean
  isLocked: boolean
  isExplorable: boolean
  isSuspended: boolean
  followersCount: number
  followingCount: number
  notesCount: number
  /** Roles they were given by hand. */
  roleIds: ReadonlySet<string>
}

/** A condition as it is stored: one of the types below, with what belongs to it. */
export type Condition = Readonly<Record<string, unknown>>

/** Conditions that have conditions inside are followed so far down; deeper ones count as unmet. */
const MAX_DEPTH = 32

type Test = (condition: Condition, facts: ConditionFacts, now: number, depth: number) => boolean

const atMost =
  (count: 'followersCount' | 'followingCount' | 'notesCount'): Test =>
  ({ value }, facts) =>
    typeof value === 'number' && facts[count] <= value

const atLeast =
  (count: 'followersCount' | 'followingCount' | 'notesCount'): Test =>
  ({ value }, facts) =>
    typeof value === 'number' && facts[count] >= value

const flag =
  (name: 'isBot' | 'isCat' | 'isLocked' | 'isExplorable' | 'isSuspended'): Test =>
  (_condition, facts) =>
    facts[name]

const parts = (values: unknown): readonly unknown[] => (Array.isArray(values) ? values : [])

const tests: ReadonlyMap<unknown, Test> = new Map<unknown, Test>([
  ['and', ({ values }, ...rest) => Array.isArray(values) && values.every((one) => test(one, ...rest))],
  ['or', ({ values }, ...rest) => parts(values).some((one) => test(one, ...rest))],
  // What is no condition is not met, and neither is its opposite.
  ['not', ({ value }, ...rest) => isCondition(value) && !test(value, ...rest)],
  ['isLocal', () => true],
  ['isRemote', () => false],
  ['isBot', flag('isBot')],
  ['isCat', flag('isCat')],
  ['isLocked', flag('isLocked')],
  ['isExplorable', flag('isExplorable')],
  ['isSuspended', flag('isSuspended')],
  ['createdLessThan', ({ sec }, { createdAt }, now) => typeof sec === 'number' && createdAt > now - sec * 1000],
  ['createdMoreThan', ({ sec }, { createdAt }, now) => typeof sec === 'number' && createdAt < now - sec * 1000],
  ['followersLessThanOrEq', atMost('followersCount')],
  ['followersMoreThanOrEq', atLeast('followersCount')],
  ['followingLessThanOrEq', atMost('followingCount')],
  ['followingMoreThanOrEq', atLeast('followingCount')],
  ['notesLessThanOrEq', atMost('notesCount')],
  ['notesMoreThanOrEq', atLeast('notesCount')],
  ['roleAssignedTo', ({ roleId }, { roleIds }) => typeof roleId === 'string' && roleIds.has(roleId)],
])

const isCondition = (value: unknown): value is Condition =>
  typeof value === 'object' && value !== null && tests.has((value as Condition)['type'])

function test(value: unknown, facts: ConditionFacts, now: number, depth: number): boolean {
  if (!isCondition(value) || depth === 0) return false
  return tests.get(value['type'])?.(value, facts, now, depth - 1) ?? false
}

/**
 * Whether a person meets the condition of a role. Everyone is local. What is no known condition is not met.
 * @param now milliseconds since 1970
 */
export const meets = (condition: Condition, facts: ConditionFacts, now: number): boolean =>
  test(condition, facts, now, MAX_DEPTH)
