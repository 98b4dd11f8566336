import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { readConfig } from '../config/config.ts'
import { type Dump, unknownMigrations } from '../db/backup/load.ts'
import { ArchiveError, type Manifest } from '../lib/archive/manifest.ts'
import { type ArchiveFile, openArchive } from '../lib/archive/read.ts'
import { verifyArchive } from '../lib/archive/verify.ts'
import { SERVER_KEY_FILE } from '../lib/server-key.ts'
import { keyOfMember, restoreContent } from '../media/content-backup.ts'
import { readArguments, takeFlags, UsageError } from './arguments.ts'
import type { About } from './backup.ts'
import type { Command } from './command.ts'
import { counted, startProgress } from './progress.ts'
import { restorePostgres } from './restore/postgres.ts'
import { restoreSqlite } from './restore/sqlite.ts'

const USAGE =
  'mamekey restore FILE [--replace yes]   into an empty data folder and database, or in place of what is there'

/** `mamekey restore`: brings a server back from a backup, on either database. The server must not be running. */
export const restore: Command = async (args, environment) => {
  const parsed = readArguments(args)
  const { own, settings } = takeFlags(parsed, ['replace'])
  const [word] = parsed.words
  if (!word || parsed.words.length > 1 || (own.replace ?? 'yes') !== 'yes') throw new UsageError(USAGE)
  const file = resolve(word)
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`)
  const { data, database } = readConfig(settings, environment)
  using progress = startProgress()
  try {
    progress.say('Comparing the checksums…')
    const { manifest } = await verifyArchive<About>(file)
    const { about } = manifest
    const unknown = unknownMigrations(about)
    if (unknown.length > 0) {
      throw new UsageError(
        `${file} was made by Mamekey ${about.version}, which is newer: restore it with that version.`,
      )
    }
    await using archive = await openArchive(file)
    const work = {
      data,
      key: await contentOf(archive, SERVER_KEY_FILE),
      dump: dumpOf(archive, manifest),
      mayReplace: own.replace === 'yes',
      progress: (table: string, rows: number) => progress.say(`${table}: ${rows} of ${about.tables[table]} rows`),
    }
    mkdirSync(data, { recursive: true, mode: 0o700 })
    const aside = database === 'sqlite' ? await restoreSqlite(work) : await restorePostgres(database, work)
    // Keys are never used again: nothing that is there is overwritten, and the next start removes what has no file now.
    for (const member of archive.members) {
      const key = keyOfMember(member.name)
      if (key) await restoreContent(data, key, archive.pieces(member))
    }
    if (aside) console.log(`What was there before is in ${aside}.`)
    const { user = 0, note = 0 } = about.tables
    console.log(`Restored ${counted(user, 'account')} and ${counted(note, 'note')} as they were at ${about.createdAt}.`)
    return 0
  } catch (error) {
    if (error instanceof ArchiveError) throw new UsageError(`${error.message} Nothing was restored.`)
    throw error
  }
}

function dumpOf(archive: ArchiveFile, { about }: Manifest<About>): Dump {
  return {
    migrations: about.migrations,
    tables: about.tables,
    membersIn: (folder) => archive.members.map(({ name }) => name).filter((name) => name.startsWith(folder)),
    content: (name) => contentOf(archive, name),
  }
}

function contentOf(archive: ArchiveFile, name: string): Promise<Buffer> {
  const member = archive.members.find((one) => one.name === name)
  if (!member) throw new ArchiveError(`The archive lacks ${name}.`)
  return archive.content(member)
}
