import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

interface ReceiverKeys {
  receiverPrivate: string
  receiverPublic: string
  auth: string
}

/** Reads a message as a browser does (RFC 8291). */
export function decryptPush(body: Buffer, { receiverPrivate, receiverPublic, auth }: ReceiverKeys): string {
  const [salt, keyLength] = [body.subarray(0, 16), body.readUInt8(20)]
  const senderKey = body.subarray(21, 21 + keyLength)
  const sealed = body.subarray(21 + keyLength)
  const receiver = createECDH('prime256v1')
  receiver.setPrivateKey(receiverPrivate, 'base64url')
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), Buffer.from(receiverPublic, 'base64url'), senderKey])
  const shared = receiver.computeSecret(senderKey)
  const secret = Buffer.from(hkdfSync('sha256', shared, Buffer.from(auth, 'base64url'), info, 32))
  const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12))
  const decipher = createDecipheriv('aes-128-gcm', key, nonce)
  decipher.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return plain.subarray(0, plain.lastIndexOf(2)).toString()
}

/** A browser that wants to be told. */
export function newReceiver() {
  const receiver = createECDH('prime256v1')
  const receiverPublic = receiver.generateKeys('base64url')
  const auth = randomBytes(16).toString('base64url')
  const all = { receiverPrivate: receiver.getPrivateKey('base64url'), receiverPublic, auth }
  return { keys: { publickey: receiverPublic, auth }, decrypt: (body: Buffer) => decryptPush(body, all) }
}
