import Type from 'typebox'

/** The id of anything. */
export const id = Type.String()

export const dateTime = Type.String({ format: 'date-time' })

/** An absolute URL: clients written in Dart refuse the empty string. */
export const url = Type.String({ format: 'uri' })

/** One of a few words. */
export const oneOf = <const T extends string>(...values: readonly T[]): Type.TUnsafe<T> =>
  Type.Unsafe<T>({ type: 'string', enum: values })

/**
 * A value that may be null. Plain types become a list of two types rather than a choice of two schemas: serialisers and
 * generators of clients do better with it.
 */
export function nullable<S extends Type.TSchema>(schema: S): Type.TUnsafe<Type.Static<S> | null> {
  const { type, enum: values, ...rest } = schema as { type?: unknown; enum?: unknown[] }
  if (typeof type !== 'string') return Type.Unsafe({ anyOf: [schema, { type: 'null' }] })
  return Type.Unsafe({ ...rest, type: [type, 'null'], ...(values ? { enum: [...values, null] } : {}) })
}

/** An object whose names are data. */
export const mapOf = <S extends Type.TSchema>(values: S): Type.TUnsafe<Record<string, Type.Static<S>>> =>
  Type.Unsafe({ type: 'object', additionalProperties: values })

/** A list of something that does not exist here yet: clients want the key, nothing can be in it. */
export const emptyList = Type.Unsafe<never[]>({ type: 'array', maxItems: 0 })

/** An object with these properties and no others. */
export const closed = <P extends Type.TProperties>(properties: P): Type.TObject<P> =>
  Type.Object(properties, { additionalProperties: false })
