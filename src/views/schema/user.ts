import Type from 'typebox'
import { MeDetailed } from './me-detailed.ts'
import { UserDetailedNotMe } from './user-detailed.ts'
import { UserLite } from './user-lite.ts'

/** The detailed form, where the person shown may be the viewer. */
export const UserDetailed = Type.Union([UserDetailedNotMe, MeDetailed])
export type UserDetailed = Type.Static<typeof UserDetailed>

/** A person in either form. */
export const User = Type.Union([UserLite, UserDetailed])
export type User = Type.Static<typeof User>
