import type { Kysely } from 'kysely'
import * as start from './0001-start.ts'
import * as legacyApp from './0002-legacy-app.ts'
import * as oauth from './0003-oauth.ts'
import * as core from './0004-core.ts'
import * as relations from './0005-relations.ts'
import * as reading from './0007-reading.ts'
import * as collections from './0008-collections.ts'
import * as notices from './0009-notices.ts'
import * as people from './0010-people.ts'
import * as search from './0011-search.ts'
import * as drive from './0012-drive.ts'

export interface Migration {
  up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void>
}

/** Every migration in the order it is run. A new one goes at the end; none is ever changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-start': start,
  '0002-legacy-app': legacyApp,
  '0003-oauth': oauth,
  '0004-core': core,
  '0005-relations': relations,
  '0007-reading': reading,
  '0008-collections': collections,
  '0009-notices': notices,
  '0010-people': people,
  '0011-search': search,
  '0012-drive': drive,
}
