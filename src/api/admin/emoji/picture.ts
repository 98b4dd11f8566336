import type { Ctx } from '../../../context.ts'
import { fileById, publicKeyOf } from '../../../db/queries/drive-files.ts'
import type { EmojiPicture } from '../../../db/queries/emojis.ts'
import { contentUrl } from '../../../views/content-url.ts'

/** What an emoji of a file shows: a picture of the caller's own, or for moderators anybody's. */
export async function pictureOf(
  ctx: Ctx,
  fileId: string,
  me: { id: string; isModerator: boolean },
): Promise<EmojiPicture | 'noSuchFile' | 'unsupportedFileType'> {
  const file = await fileById(ctx.db, fileId)
  if (!file || (file.userId !== me.id && !me.isModerator)) return 'noSuchFile'
  if (!/^image\/(?!svg)/.test(file.type)) return 'unsupportedFileType'
  return { url: contentUrl(ctx, publicKeyOf(file)), fileId }
}
