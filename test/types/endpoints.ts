/**
 * Checked by the compiler alone: every endpoint takes what a client in TypeScript may send, and answers what it expects.
 */
import type { Endpoints } from 'misskey-js'
import type { Static, TSchema } from 'typebox'
import type { endpoints } from '../../src/api/index.ts'

type Ours = { [R in (typeof endpoints)[number] as R['path']]: R }
type Path = keyof Ours & keyof Endpoints

type Taken<P extends keyof Ours> = Static<Ours[P]['params']>
type Answered<P extends keyof Ours> = Ours[P]['res'] extends TSchema ? Static<Ours[P]['res']> : undefined

/** What a client may send. It always sends an object, though the types let it leave out one without properties. */
type Sent<P extends Path> = Exclude<Endpoints[P]['req'], undefined>

/** What a client expects back, whatever it asked; `undefined` for no body. */
type Expected<P extends Path> = Endpoints[P]['res'] extends {
  $switch: { $cases: readonly (readonly [unknown, infer Case])[]; $default: infer Default }
}
  ? Case | Default
  : Endpoints[P]['res']

type KeysOf<T> = T extends unknown ? keyof T : never
/** The names of parameters; none where misskey-js says only that it is some object. */
type NamesOf<T> = string extends KeysOf<T> ? never : KeysOf<T>

/**
 * misskey-js says `string[][]` here; the servers send a plain string for a regular expression, and its own client
 * expects one.
 */
type MutedWords = 'mutedWords' | 'hardMutedWords'
type WithoutMutedWords<T> = Omit<T, MutedWords>

type AreAll<Expected, T extends readonly Expected[]> = T

/** Endpoints that misskey-js does not know. */
type Unknown = Exclude<keyof Ours, Path>
/** Endpoints whose parameters refuse a request that the types allow. */
type Refusing = { [P in Path]: Sent<P> extends Taken<P> ? never : P }[Path]
/** Endpoints whose answer is not what the types promise. */
type Surprising = { [P in Path]: Answered<P> extends Expected<P> ? never : P }[Path]
/** Parameters of ours that no client can know of, as a misspelt one would be. */
type Unsendable = { [P in Path]: `${P} ${Exclude<NamesOf<Taken<P>>, KeysOf<Sent<P>>> & string}` }[Path]
/** Parameters that clients may send and nobody here reads. */
type Unread = { [P in Path]: `${P} ${Exclude<NamesOf<Sent<P>>, KeysOf<Taken<P>>> & string}` }[Path]

/** Ours alone: a token that ends by itself. */
type OurOwn = 'miauth/gen-token expiresAt'
/** The file comes beside the parameters, as a part of a form. */
type Uploaded = 'drive/files/create file'
/** Every other timeline takes it, so clients send it here too. */
type LeftOut = 'notes/global-timeline allowPartial'

export type Misfits = AreAll<
  never,
  [Unknown, Refusing, Exclude<Unsendable, OurOwn | LeftOut>, Exclude<Unread, Uploaded>]
>
type NotificationLists = 'i/notifications' | 'i/notifications-grouped'
/** misskey-js says that somebody ends a poll; the servers say nobody. */
type WithoutPollEnded<T> = T extends { type: 'pollEnded' } ? never : T

export type Surprises = AreAll<
  NotificationLists | 'i' | 'i/pin' | 'i/unpin' | 'i/update' | 'admin/accounts/create',
  [Surprising]
>

type Fits<_Ours extends Theirs, Theirs> = never

export type SurprisesBesideMutedWords = [
  Fits<WithoutMutedWords<Answered<'i'>>, WithoutMutedWords<Expected<'i'>>>,
  Fits<WithoutMutedWords<Answered<'i/pin'>>, WithoutMutedWords<Expected<'i/pin'>>>,
  Fits<WithoutMutedWords<Answered<'i/unpin'>>, WithoutMutedWords<Expected<'i/unpin'>>>,
  Fits<WithoutMutedWords<Answered<'i/update'>>, WithoutMutedWords<Expected<'i/update'>>>,
  Fits<WithoutMutedWords<Answered<'admin/accounts/create'>>, WithoutMutedWords<Expected<'admin/accounts/create'>>>,
]

export type SurprisesBesidePollEnded = Fits<
  WithoutPollEnded<Answered<NotificationLists>[number]>,
  WithoutPollEnded<Expected<NotificationLists>[number]>
>
