import { createHash } from 'node:crypto'
import { ArchiveError, FORMAT, MANIFEST, MANIFEST_SUM, type Manifest } from './manifest.ts'
import { type ArchiveFile, damaged, openArchive, type Placed } from './read.ts'

/**
 * Reads a whole archive and compares every member with its checksum.
 * @returns what the manifest says, and the size in bytes
 * @throws ArchiveError that names the first member that is not as it was written
 */
export async function verifyArchive<A>(file: string): Promise<{ manifest: Manifest<A>; size: number }> {
  await using archive = await openArchive(file)
  const manifest = await readManifest<A>(archive, file)
  const members = archive.members.slice(0, -2)
  for (const [index, member] of members.entries()) {
    const written = manifest.members[index]
    if (written?.name !== member.name || written.sha256 !== (await sumOf(archive, member))) {
      throw new ArchiveError(damaged(file, `in ${member.name}`))
    }
  }
  if (manifest.members.length > members.length) {
    throw new ArchiveError(damaged(file, `and lacks ${manifest.members[members.length]!.name}`))
  }
  return { manifest, size: archive.size }
}

async function readManifest<A>(archive: ArchiveFile, file: string): Promise<Manifest<A>> {
  const [manifest, sum] = archive.members.slice(-2)
  if (manifest?.name !== MANIFEST || sum?.name !== MANIFEST_SUM) {
    throw new ArchiveError(`${file} is not a backup of Mamekey: it has no manifest.`)
  }
  const expected = `${await sumOf(archive, manifest)}  ${MANIFEST}\n`
  if ((await archive.content(sum)).toString() !== expected) {
    throw new ArchiveError(damaged(file, `in ${MANIFEST} or ${MANIFEST_SUM}`))
  }
  const content = JSON.parse((await archive.content(manifest)).toString()) as Manifest<A>
  if (content.format > FORMAT) {
    throw new ArchiveError(`${file} was made by a newer Mamekey: restore it with that version.`)
  }
  return content
}

async function sumOf(archive: ArchiveFile, member: Placed): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of archive.pieces(member)) hash.update(piece)
  return hash.digest('hex')
}
