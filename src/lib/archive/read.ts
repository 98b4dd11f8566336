import { type FileHandle, open } from 'node:fs/promises'
import { ArchiveError } from './manifest.ts'
import { BLOCK, type Member, paddingOf, readHeader } from './tar.ts'

/** A member and where its content begins. */
export interface Placed extends Member {
  position: number
}

/** An open archive: where everything lies, found by its headers alone. */
export interface ArchiveFile extends AsyncDisposable {
  members: Placed[]
  /** Bytes of the whole file. */
  size: number
  /** The content of a member, in pieces of at most a megabyte. */
  pieces(member: Placed): AsyncIterable<Buffer>
  content(member: Placed): Promise<Buffer>
}

const PIECE = 1024 * 1024

/** Opens an archive. @throws ArchiveError where its structure is not that of a whole archive of ours */
export async function openArchive(file: string): Promise<ArchiveFile> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const members = await findMembers(handle, file, size)
    async function* pieces({ position, size: length }: Placed) {
      for (let at = 0; at < length; at += PIECE) {
        yield await readExactly(handle, position + at, Math.min(PIECE, length - at))
      }
    }
    return {
      members,
      size,
      pieces,
      content: async (member) => Buffer.concat(await Array.fromAsync(pieces(member))),
      [Symbol.asyncDispose]: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function findMembers(handle: FileHandle, file: string, size: number): Promise<Placed[]> {
  const members: Placed[] = []
  let at = 0
  const before = () => (members.length > 0 ? `after ${members.at(-1)!.name}` : 'at its beginning')
  for (;;) {
    if (at + BLOCK > size) throw new ArchiveError(cutOff(file, before()))
    const block = await readExactly(handle, at, BLOCK)
    if (isEmpty(block)) break
    const member = readHeader(block)
    if (!member && members.length === 0) {
      throw new ArchiveError(`${file} is not a backup of Mamekey, or is damaged at its beginning.`)
    }
    if (!member) throw new ArchiveError(damaged(file, before()))
    const position = at + BLOCK
    const padding = paddingOf(member.size)
    at = position + member.size + padding
    if (at > size) throw new ArchiveError(cutOff(file, `inside ${member.name}`))
    members.push({ ...member, position })
    if (padding > 0 && !isEmpty(await readExactly(handle, at - padding, padding))) {
      throw new ArchiveError(damaged(file, before()))
    }
  }
  if (at + 2 * BLOCK > size) throw new ArchiveError(cutOff(file, before()))
  if (at + 2 * BLOCK < size || !isEmpty(await readExactly(handle, at + BLOCK, BLOCK))) {
    throw new ArchiveError(damaged(file, before()))
  }
  return members
}

export const damaged = (file: string, where: string): string => `${file} is damaged ${where}.`

const cutOff = (file: string, where: string): string => `${file} is cut off ${where}.`

const isEmpty = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0)

async function readExactly(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  let read = 0
  while (read < length) {
    const { bytesRead } = await handle.read(buffer, read, length - read, position + read)
    if (bytesRead === 0) throw new ArchiveError('The archive became shorter while it was read.')
    read += bytesRead
  }
  return buffer
}
