import type { Bus } from '../bus/bus.ts'
import type { AntennaStore, KnownAntenna } from '../context.ts'
import type { Db } from '../db/database.ts'
import { type AntennaRow, antennasByIds, antennasUsedSince } from '../db/queries/antennas.ts'
import { antennaRule, isCollecting, UNREAD } from '../lib/antenna.ts'

const known = (row: AntennaRow): KnownAntenna => ({
  id: row.id,
  rule: antennaRule(row.userId, row),
  userListId: row.userListId,
  excludeNotesInSensitiveChannel: row.excludeNotesInSensitiveChannel,
  lastUsedAt: row.lastUsedAt,
})

/**
 * Keeps the antennas that collect in memory, for every new note is held against them: those of named people by name, all
 * others together. They are read when the first note comes, and those that were changed when the next one does.
 */
export function openAntennas(bus: Bus): { store: AntennaStore; close(): void } {
  const listening = new Map<string, KnownAntenna>()
  const byName = new Map<string, Map<string, KnownAntenna>>()
  const changed = new Set<string>()
  let isKnown = false

  function forget(id: string): void {
    listening.delete(id)
    for (const [name, antennas] of byName) if (antennas.delete(id) && antennas.size === 0) byName.delete(name)
  }

  function remember(row: AntennaRow): void {
    const antenna = known(row)
    if (antenna.rule.src !== 'users') {
      listening.set(row.id, antenna)
      return
    }
    for (const name of antenna.rule.users) {
      const antennas = byName.get(name) ?? new Map<string, KnownAntenna>()
      byName.set(name, antennas.set(row.id, antenna))
    }
  }

  async function refresh(tx: Db): Promise<void> {
    if (isKnown && changed.size === 0) return
    const ids = [...changed]
    const wasKnown = isKnown
    // Before reading: what changes meanwhile is read again.
    isKnown = true
    changed.clear()
    try {
      const rows = wasKnown ? await antennasByIds(tx, ids) : await antennasUsedSince(tx, Date.now() - UNREAD)
      if (!wasKnown) {
        listening.clear()
        byName.clear()
      }
      for (const id of ids) forget(id)
      for (const row of rows) remember(row)
    } catch (error) {
      isKnown = false
      throw error
    }
  }

  const leave = bus.subscribe((event) => {
    if (event.type === 'gap') isKnown = false
    if (event.type === 'antenna') changed.add(event.id)
  })
  return {
    store: {
      async isAny(tx) {
        await refresh(tx)
        return listening.size > 0 || byName.size > 0
      },
      listeningTo(names) {
        const now = Date.now()
        const named = names.flatMap((name) => [...(byName.get(name)?.values() ?? [])])
        return [...new Set([...named, ...listening.values()])].filter((antenna) => isCollecting(antenna, now))
      },
      forget: (ids) => ids.forEach(forget),
    },
    close: leave,
  }
}
