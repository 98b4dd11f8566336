import type { Language, Translate } from './messages.ts'

/** The signed-in person, as every page's header shows them. */
export type Me = {
  readonly username: string
  readonly name: string | null
  readonly avatarUrl: string | null
}

/** The files of this folder that browsers load. */
export const pageFiles = [
  'tokens.css',
  'style.css',
  'parts.css',
  'forms.css',
  'permissions.css',
  'page.js',
  'favicon.svg',
] as const

export type PageFile = (typeof pageFiles)[number]

/** What every page needs to know of the request and the server, beside its own data. */
export type View = {
  readonly t: Translate
  readonly lang: Language
  readonly languages: readonly { readonly code: Language; readonly name: string }[]
  /** Path and query by which GET shows this page: links that change the language lead back here. */
  readonly path: string
  readonly me: Me | null
  /** Sent back by every form as `csrf`; null while there is nothing to protect. */
  readonly csrf: string | null
  readonly serverName: string
  /** Public origin, such as `https://mamekey.example`. */
  readonly origin: string
  /** The address of a file of this folder, with a version that lets it be kept for ever. */
  readonly asset: (file: PageFile) => string
}

/** The address as people type it into an app: host, and port when it is not the usual one. */
export const hostOf = (view: View): string => new URL(view.origin).host
