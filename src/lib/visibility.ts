export const visibilities = ['public', 'home', 'followers', 'specified'] as const

export type Visibility = (typeof visibilities)[number]

/** What a viewer can be to a note. An anonymous viewer is nothing to any. */
export type Relation = 'author' | 'follower' | 'replyTarget' | 'mentioned' | 'recipient'

/**
 * Who may see a note, by its visibility: anyone, or those who stand in one of the relations. The one table of cases;
 * `maySee` reads it for single notes and streams, `db/queries/visible-notes.ts` makes SQL of it for lists.
 */
export const visibleTo: Readonly<Record<Visibility, 'anyone' | readonly Relation[]>> = {
  public: 'anyone',
  home: 'anyone',
  followers: ['author', 'follower', 'replyTarget', 'mentioned'],
  specified: ['author', 'recipient'],
}

/** Whether someone in these relations to a note may see it. */
export function maySee(visibility: Visibility, relations: ReadonlySet<Relation>): boolean {
  const cases = visibleTo[visibility]
  return cases === 'anyone' || cases.some((relation) => relations.has(relation))
}
