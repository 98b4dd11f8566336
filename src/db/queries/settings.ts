import type { Db } from '../database.ts'
import { toJson } from '../schema/json.ts'

/** Every stored setting by name. */
export async function settingsByName(db: Db): Promise<Record<string, unknown>> {
  const rows = await db.selectFrom('setting').select(['name', 'value']).execute()
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

export async function putSetting(db: Db, name: string, value: unknown): Promise<void> {
  await db
    .insertInto('setting')
    .values({ name, value: toJson(value) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: toJson(value) }))
    .execute()
}

/** Stores a setting unless it is there already; whether it was stored. Of several at once, one wins. */
export async function claimSetting(db: Db, name: string, value: unknown): Promise<boolean> {
  const row = await db
    .insertInto('setting')
    .values({ name, value: toJson(value) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('name')
    .executeTakeFirst()
  return row !== undefined
}
