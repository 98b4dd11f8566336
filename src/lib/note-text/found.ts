/** Someone addressed in a text, as spelt there; `host` is null for someone of this server. */
export interface Mention {
  username: string
  host: string | null
}

/** What a scan has found so far, in order of appearance, repeats included. */
export interface Found {
  mentions: Mention[]
  hashtags: string[]
  emojis: string[]
}

export function nothingFound(): Found {
  return { mentions: [], hashtags: [], emojis: [] }
}

/** Remembers where the lists end now; calling the result takes back whatever was found since. */
export function bookmark(found: Found | null): () => void {
  if (!found) return () => undefined
  const { mentions, hashtags, emojis } = found
  const [m, h, e] = [mentions.length, hashtags.length, emojis.length]
  return () => {
    mentions.length = m
    hashtags.length = h
    emojis.length = e
  }
}
