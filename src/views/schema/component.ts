import Type from 'typebox'

/** The schema of an entity, by whose name others refer to it. */
export type Component<S extends Type.TSchema = Type.TSchema> = S & { readonly $id: string }

/** Defines an entity: an object with these properties and no others. It belongs in the list of `components.ts`. */
export const component = <P extends Type.TProperties>(name: string, properties: P): Component<Type.TObject<P>> =>
  Object.assign(Type.Object(properties, { additionalProperties: false }), { $id: name })

/** Refers to an entity: what others put in their properties, so that each is written and compiled once. */
export const refTo = <S extends Component>(schema: S): Type.TUnsafe<Type.Static<S>> => refByName(schema.$id)

/** Refers to an entity whose static type is given: one that is inside itself is not defined yet when it is needed. */
export const refByName = <T>(name: string): Type.TUnsafe<T> => Type.Unsafe<T>({ $ref: `${name}#` })
