import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ArchiveError, FORMAT, MANIFEST, MANIFEST_SUM, type Manifest } from './manifest.ts'
import { BLOCK, makeHeader, paddingOf } from './tar.ts'
import { verifyArchive } from './verify.ts'

/** Adds a file to the archive. */
export type AddMember = (name: string, content: Uint8Array) => Promise<void>

/** Adds a file that lies somewhere, a piece at a time; nothing changes it meanwhile. */
export type AddFile = (name: string, path: string) => Promise<void>

type Fill<A> = (add: AddMember, addFile: AddFile) => Promise<A>

/**
 * Writes an archive that only its owner may read. It has its name only once it is whole, on the disk and verified: until
 * then, and for ever if anything fails, it does not exist.
 * @param partial where it may lie until then: a name in the same folder
 * @param fill adds the members and resolves to what the manifest is to say
 * @returns bytes written
 * @throws ArchiveError when there is a file of this name
 */
export async function writeArchive<A>(file: string, partial: string, fill: Fill<A>): Promise<number> {
  if (existsSync(file)) throw new ArchiveError(`${file} exists already: choose another name.`)
  const handle = await open(partial, 'wx', 0o600)
  try {
    try {
      await writeMembers(handle, fill)
      await handle.sync()
    } finally {
      await handle.close()
    }
    const { size } = await verifyArchive(partial)
    await rename(partial, file)
    await syncFolder(dirname(file))
    return size
  } finally {
    await rm(partial, { force: true })
  }
}

async function writeMembers<A>(handle: FileHandle, fill: Fill<A>): Promise<void> {
  const time = Math.floor(Date.now() / 1000)
  const members: Manifest<A>['members'] = []
  const add: AddMember = async (name, content) => {
    const size = content.byteLength
    members.push({ name, size, sha256: createHash('sha256').update(content).digest('hex') })
    await handle.writev([makeHeader({ name, size, time }), content, Buffer.alloc(paddingOf(size))])
  }
  const addFile: AddFile = async (name, path) => {
    const { size } = await stat(path)
    const hash = createHash('sha256')
    await handle.write(makeHeader({ name, size, time }))
    let written = 0
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(piece)
      written += piece.length
      await handle.writev([piece])
    }
    if (written !== size) throw new ArchiveError(`${path} changed while it was read.`)
    await handle.writev([Buffer.alloc(paddingOf(size))])
    members.push({ name, size, sha256: hash.digest('hex') })
  }
  const about = await fill(add, addFile)
  const manifest: Manifest<A> = { format: FORMAT, about, members: [...members] }
  await add(MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`))
  await add(MANIFEST_SUM, Buffer.from(`${members.at(-1)!.sha256}  ${MANIFEST}\n`))
  // Two empty blocks end a tar file.
  await handle.write(Buffer.alloc(2 * BLOCK))
}

/** Makes names that were given or taken in a folder last through a loss of power. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
