import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readConfig } from '../config/config.ts'
import { VERSION } from '../config/version.ts'
import { dump } from '../db/backup/dump.ts'
import { unknownMigrations } from '../db/backup/load.ts'
import { openPostgresSource } from '../db/backup/postgres-source.ts'
import { NothingThere, type Source } from '../db/backup/source.ts'
import { openSqliteSource } from '../db/backup/sqlite-source.ts'
import { SQLITE_FILE } from '../db/open.ts'
import { ArchiveError } from '../lib/archive/manifest.ts'
import { type AddFile, writeArchive } from '../lib/archive/write.ts'
import { SERVER_KEY_FILE } from '../lib/server-key.ts'
import { allContent, contentMember } from '../media/content-backup.ts'
import { readArguments, UsageError } from './arguments.ts'
import type { Command } from './command.ts'
import { counted, startProgress } from './progress.ts'
import { removedAtEnd } from './removed-at-end.ts'

const USAGE = 'mamekey backup [FILE]   FILE is mamekey-<time>.tar in the folder you are in when not given'

/** What a backup says about itself in its manifest. */
export interface About {
  /** The version of the program. */
  version: string
  /** ISO 8601. */
  createdAt: string
  dialect: Source['dialect']
  migrations: readonly string[]
  /** Rows of each table, in the order in which they can be put back. */
  tables: Record<string, number>
}

/**
 * `mamekey backup`: the whole server in one file, taken while it serves. The file holds the server's key, then the rows
 * of all tables, and between the two what files hold.
 */
export const backup: Command = async (args, environment) => {
  const { words, flags } = readArguments(args)
  if (words.length > 1) throw new UsageError(USAGE)
  const { data, database } = readConfig(flags, environment)
  const file = resolve(words[0] ?? `mamekey-${new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-')}.tar`)
  const keyFile = join(data, SERVER_KEY_FILE)
  if (!existsSync(keyFile)) throw new UsageError(`There is no server in ${data}: choose its folder with --data.`)
  if (!existsSync(dirname(file))) throw new UsageError(`There is no folder ${dirname(file)}: make it first.`)
  using progress = startProgress()
  const [partial, copy] = [`${file}.${process.pid}.partial`, `${file}.${process.pid}.sqlite`]
  using _ = removedAtEnd(partial, copy)
  try {
    let about: About | undefined
    const size = await writeArchive(file, partial, async (add, addFile) => {
      await using source = await openSource(database, data, copy)
      const createdAt = new Date().toISOString()
      await add(SERVER_KEY_FILE, readFileSync(keyFile))
      await addContent(data, addFile, (files) => progress.say(`${counted(files, 'file')}`))
      const tables = await dump(source, add, (table, rows) => progress.say(`${table}: ${rows} rows`))
      progress.say('Reading the archive again…')
      const { dialect, migrations } = source
      about = { version: VERSION, createdAt, dialect, migrations, tables }
      return about
    })
    const { user = 0, note = 0 } = about!.tables
    console.log(
      `${file} holds ${counted(user, 'account')} and ${counted(note, 'note')} (${(size / 1e6).toFixed(1)} MB). ` +
        'The server’s key is in it: keep it where nobody else can read it.',
    )
    return 0
  } catch (error) {
    if (error instanceof ArchiveError) throw new UsageError(error.message)
    if (error instanceof NothingThere) throw new UsageError(`${error.message}.`)
    throw error
  }
}

/**
 * Adds what files hold, as it is after the moment the rows are of: what had a row then has its content, unless it was
 * deleted since.
 */
async function addContent(data: string, addFile: AddFile, say: (files: number) => void): Promise<void> {
  let files = 0
  for await (const { key, path } of allContent(data)) {
    // One that is deleted in this moment has no reader any more.
    if (!existsSync(path)) continue
    await addFile(contentMember(key), path)
    say(++files)
  }
}

async function openSource(database: string, data: string, copy: string): Promise<Source> {
  const source =
    database === 'sqlite' ? await openSqliteSource(join(data, SQLITE_FILE), copy) : await openPostgresSource(database)
  const unknown = unknownMigrations(source)
  if (unknown.length === 0) return source
  await source[Symbol.asyncDispose]()
  throw new UsageError(`This database was used by a newer Mamekey (${unknown.join(', ')}): make the backup with that.`)
}
