import type { Db } from '../db/database.ts'
import { ownFiles, publicKeyOf } from '../db/queries/drive-files.ts'
import { takeTurn } from '../db/queries/turns.ts'

export type PictureFailure = 'noSuchAvatar' | 'noSuchBanner' | 'avatarNotAnImage' | 'bannerNotAnImage'

/** What a person's row says of the pictures they choose: files of theirs that are images. */
export async function picturesOf(
  tx: Db,
  userId: string,
  { avatarId, bannerId }: { avatarId?: string | null | undefined; bannerId?: string | null | undefined },
) {
  // Whoever deletes one of the files waits, and then takes it from here.
  if (avatarId || bannerId) await takeTurn(tx, `drive ${userId}`)
  const avatar = await pictureOf(tx, userId, avatarId)
  if (avatar === 'noSuchFile') return 'noSuchAvatar'
  if (avatar === 'notAnImage') return 'avatarNotAnImage'
  const banner = await pictureOf(tx, userId, bannerId)
  if (banner === 'noSuchFile') return 'noSuchBanner'
  if (banner === 'notAnImage') return 'bannerNotAnImage'
  return {
    ...(avatar && { avatarId: avatar.id, avatarKey: avatar.key, avatarBlurhash: avatar.blurhash }),
    ...(banner && { bannerId: banner.id, bannerKey: banner.key, bannerBlurhash: banner.blurhash }),
  }
}

/** What is to be shown; undefined where nothing is to change. */
async function pictureOf(tx: Db, userId: string, id: string | null | undefined) {
  if (id === undefined) return undefined
  if (id === null) return { id: null, key: null, blurhash: null }
  const [file] = await ownFiles(tx, userId, [id])
  if (!file) return 'noSuchFile'
  return file.type.startsWith('image/') ? { id, key: publicKeyOf(file), blurhash: file.blurhash } : 'notAnImage'
}
