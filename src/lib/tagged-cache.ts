/** A bounded memory of values, found by key and forgotten by tag: a tag names something the value was made of. */
export interface TaggedCache<T> {
  /** The value kept for a key, unless its time is over. `now` is milliseconds since 1970. */
  get(key: string, now: number): T | undefined
  /** Keeps a value until a moment (milliseconds since 1970), in place of what was used longest ago when it is full. */
  set(key: string, value: T, kept: { tags: readonly string[]; until: number }): void
  /** Forgets every value with this tag. */
  drop(tag: string): void
  clear(): void
  readonly size: number
}

interface Entry<T> {
  value: T
  tags: readonly string[]
  until: number
}

/** Makes a memory of at most so many values. */
export function createTaggedCache<T>(max: number): TaggedCache<T> {
  // A Map keeps the order in which keys came, and one that is used comes anew: the first is the one to go.
  const entries = new Map<string, Entry<T>>()
  const keysOf = new Map<string, Set<string>>()

  function forget(key: string): void {
    const entry = entries.get(key)
    if (!entry) return
    entries.delete(key)
    for (const tag of entry.tags) {
      const keys = keysOf.get(tag)
      keys?.delete(key)
      if (keys?.size === 0) keysOf.delete(tag)
    }
  }

  return {
    get(key, now) {
      const entry = entries.get(key)
      if (!entry) return undefined
      if (entry.until <= now) {
        forget(key)
        return undefined
      }
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    set(key, value, { tags, until }) {
      forget(key)
      for (const oldest of entries.keys()) {
        if (entries.size < max) break
        forget(oldest)
      }
      entries.set(key, { value, tags, until })
      for (const tag of tags) keysOf.set(tag, (keysOf.get(tag) ?? new Set()).add(key))
    },
    drop(tag) {
      for (const key of [...(keysOf.get(tag) ?? [])]) forget(key)
    },
    clear() {
      entries.clear()
      keysOf.clear()
    },
    get size() {
      return entries.size
    },
  }
}
