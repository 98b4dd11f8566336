/** The version of this program, as in package.json; a test compares them. */
export const VERSION = '0.1.0'

/** What clients are told: they choose what to offer by the version of the API, which comes first. */
export const API_VERSION = `2026.5.1-mamekey.${VERSION}`
