/** The form in which texts are compared when neither case nor width of characters counts. */
export const foldText = (text: string): string => text.normalize('NFKC').toLowerCase()
