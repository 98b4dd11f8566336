import Type, { type Static, type TSchema } from 'typebox'

/** Schemas of parameters that many endpoints share. */

/** Or null. One type list instead of alternatives, so that an error names the rule that was broken. */
export const Nullable = <T extends TSchema>(schema: T) => {
  const { type, enum: values } = schema as { type?: string; enum?: unknown[] }
  return Type.Unsafe<Static<T> | null>({ ...schema, type: [type, 'null'], ...(values && { enum: [...values, null] }) })
}

/** One of these words. */
export const OneOf = <const T extends string>(values: readonly T[], options: object = {}) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values], ...options })

/** An id. Unknown ones are the endpoint's to answer; this is only their form. */
export const Id = () => Type.String({ format: 'misskey:id', maxLength: 64 })

/** Yes or no, with what applies when it is left out. */
export const Flag = (fallback: boolean) => Type.Optional(Type.Boolean({ default: fallback }))

/** A list of different ids. */
export const Ids = (options: { minItems?: number; maxItems?: number } = {}) =>
  Type.Array(Id(), { uniqueItems: true, ...options })

export const limitParam = (fallback = 10) => ({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: fallback })),
})

/** How many to leave out at the beginning of a list that has no ids to go by. */
export const offsetParam = {
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 })),
}

/** Where a page begins and ends: bounds are exclusive; ids win over dates (milliseconds since 1970). */
export const boundParams = {
  sinceId: Type.Optional(Id()),
  untilId: Type.Optional(Id()),
  sinceDate: Type.Optional(Type.Integer()),
  untilDate: Type.Optional(Type.Integer()),
}

/** Later than this the API's form of a time ends; a moment before the year 10,000. */
export const LATEST = Date.UTC(10_000, 0, 1) - 1

/** A time to come, in milliseconds since 1970. */
export const Time = () => Type.Integer({ maximum: LATEST })

/** A MIME type, or all of a kind as `image/*`. */
export const MimeType = () => Type.String({ pattern: '^[a-zA-Z0-9/*.+-]+$', maxLength: 128 })

/** How many are given at most where there are no pages. */
export const MOST_FOUND = 100

/** For endpoints without parameters. */
export const NoParams = Type.Object({})
