import Type, { type Static } from 'typebox'
import { defaultPolicies, type RolePolicies } from '../../../config/policies.ts'
import type { RoleContent } from '../../../core/change-roles.ts'
import type { Condition } from '../../../lib/role-condition.ts'
import { schemaLike } from '../../../views/schema/policies.ts'
import { RoleConditionOrNone } from '../../../views/schema/role-condition.ts'
import { Nullable, OneOf } from '../../params.ts'

/** What the database keeps in an integer column. */
const Order = () => Type.Integer({ minimum: -2_147_483_648, maximum: 2_147_483_647, examples: [0] })

/** What a role says of policies; names that are none here are passed over. */
const RolePoliciesParam = () =>
  Type.Unsafe<Record<string, { useDefault?: boolean; priority?: number; value?: unknown }>>(
    Type.Object(
      Object.fromEntries(
        Object.entries(defaultPolicies).map(([name, value]) => [
          name,
          Type.Optional(
            Type.Object({
              useDefault: Type.Optional(Type.Boolean()),
              priority: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 })),
              value: Type.Optional(schemaLike(name, value)),
            }),
          ),
        ]),
      ),
    ),
  )

/** Everything an administrator says of a role. */
export const roleParams = {
  name: Type.String({ maxLength: 256 }),
  description: Type.String({ maxLength: 4096 }),
  color: Nullable(Type.String({ maxLength: 256, examples: ['#4f7f3a'] })),
  iconUrl: Nullable(
    Type.String({ maxLength: 512, pattern: '^$|^https?://[!-~]+$', examples: ['https://example.com/icon.png'] }),
  ),
  target: OneOf(['manual', 'conditional']),
  condFormula: Type.Unsafe<Condition>({ type: 'object', ...RoleConditionOrNone, examples: [{}] }),
  isPublic: Type.Boolean(),
  isModerator: Type.Boolean(),
  isAdministrator: Type.Boolean(),
  isExplorable: Type.Optional(Type.Boolean()),
  asBadge: Type.Boolean(),
  preserveAssignmentOnMoveAccount: Type.Optional(Type.Boolean()),
  canEditMembersByModerator: Type.Boolean(),
  displayOrder: Order(),
  policies: RolePoliciesParam(),
}

type RoleParams = { [K in keyof typeof roleParams]?: Static<(typeof roleParams)[K]> | undefined }

/** What was given, as it is kept. */
export function roleContentOf({ iconUrl, policies, ...plain }: RoleParams): Partial<RoleContent> {
  const given = Object.entries({
    ...plain,
    iconUrl: iconUrl && URL.canParse(iconUrl) ? new URL(iconUrl).href : iconUrl === undefined ? undefined : null,
    policies: policies && knownPolicies(policies),
  })
  return Object.fromEntries(given.filter(([name, value]) => Object.hasOwn(roleParams, name) && value !== undefined))
}

/** An entry without a value of its own says no more than what applies to everyone. */
function knownPolicies(
  policies: Record<string, { useDefault?: boolean; priority?: number; value?: unknown }>,
): RolePolicies {
  const known = Object.entries(defaultPolicies).flatMap(([name, ofEveryone]) => {
    const said = Object.hasOwn(policies, name) ? policies[name] : undefined
    if (!said) return []
    const { useDefault = false, priority = 0, value } = said
    return [[name, { useDefault: useDefault || value === undefined, priority, value: value ?? ofEveryone }]]
  })
  return Object.fromEntries(known)
}
