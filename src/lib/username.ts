/** A local username: letters, digits and underscores, at most twenty. */
export const USERNAME_PATTERN = '^\\w{1,20}$'

const pattern = new RegExp(USERNAME_PATTERN)

export const isUsername = (name: string): boolean => pattern.test(name)
