import type { Ctx } from '../context.ts'
import { type AntennaRow, ownAntenna } from '../db/queries/antennas.ts'
import { isCollecting } from '../lib/antenna.ts'
import { isoTimeOfId } from '../lib/id.ts'
import type { Antenna } from './schema/antenna.ts'

/** An antenna as its owner sees it. */
export function presentAntenna({ userId: _, lastUsedAt, ...row }: AntennaRow): Antenna {
  return {
    ...row,
    createdAt: isoTimeOfId(row.id),
    isActive: isCollecting({ lastUsedAt }, Date.now()),
    hasUnreadNote: false,
    notify: false,
  }
}

/** A person's own antenna, or undefined. */
export async function showAntenna(ctx: Ctx, id: string, userId: string): Promise<Antenna | undefined> {
  const row = await ownAntenna(ctx.db, id, userId)
  return row && presentAntenna(row)
}
