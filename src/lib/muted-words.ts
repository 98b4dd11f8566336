/** Words a person does not want to read: all of a list together, or a regular expression as `/text/flags`. */
export type MutedWords = readonly (string | readonly string[])[]

/** Whether every regular expression among them is one. */
export const areValidMutedWords = (words: MutedWords): boolean =>
  words.every((one) => typeof one !== 'string' || isRegularExpression(one))

function isRegularExpression(text: string): boolean {
  const [, source, flags] = /^\/(.+)\/(.*)$/su.exec(text) ?? []
  if (source === undefined) return false
  try {
    new RegExp(source, flags)
    return true
  } catch {
    return false
  }
}

/** How much room they take of what a person may mute: characters of them as JSON. */
export const sizeOfMutedWords = (words: MutedWords): number => JSON.stringify(words).length
