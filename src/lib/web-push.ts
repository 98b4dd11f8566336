import {
  createCipheriv,
  createECDH,
  createHmac,
  createPrivateKey,
  type ECDH,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto'

/** What a browser gave to be told by. */
export interface PushKeys {
  /** Its public key: a point of P-256, uncompressed, base64url. */
  publickey: string
  /** The secret it shares with the server: 16 bytes, base64url. */
  auth: string
}

/** The key pair by which push services know this server, base64url. */
export interface VapidKeys {
  publicKey: string
  privateKey: string
}

const CURVE = 'prime256v1'
/** RFC 8291 section 4: what a push service must take; the header and the tag are in it. */
const RECORD_SIZE = 4096
/** Bytes of a message beside its text: the header, the delimiter and the tag. */
const OVERHEAD = 16 + 4 + 1 + 65 + 1 + 16

/** The most bytes a message may have. */
export const MAX_PUSH_LENGTH = RECORD_SIZE - OVERHEAD

const hmac = (key: Uint8Array, ...parts: (Uint8Array | string)[]): Buffer => {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

/** HKDF (RFC 5869) for outputs of one block at most, which is all that is needed here. */
const derive = (salt: Uint8Array, secret: Uint8Array, info: Uint8Array | string, length: number): Buffer =>
  hmac(hmac(salt, secret), info, Uint8Array.of(1)).subarray(0, length)

/** Whether a browser's keys can be used at all. */
export function arePushKeys({ publickey, auth }: PushKeys): boolean {
  try {
    const ecdh = createECDH(CURVE)
    ecdh.generateKeys()
    ecdh.computeSecret(publickey, 'base64url')
    return Buffer.from(auth, 'base64url').length === 16
  } catch {
    return false
  }
}

/**
 * Encrypts a message so that only the browser can read it, as `aes128gcm` content.
 * @param chance what is otherwise drawn by lot, for tests
 */
export function encryptPush(
  text: string,
  keys: PushKeys,
  chance: { salt: Uint8Array; sender: ECDH } = { salt: randomBytes(16), sender: newSender() },
): Buffer {
  const { salt, sender } = chance
  const receiverKey = Buffer.from(keys.publickey, 'base64url')
  const senderKey = sender.getPublicKey()
  // RFC 8291 section 3.3: what both sides agree on, with the browser's secret mixed in.
  const shared = sender.computeSecret(receiverKey)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), receiverKey, senderKey])
  const secret = derive(Buffer.from(keys.auth, 'base64url'), shared, info, 32)
  // RFC 8188 sections 2.2 and 2.3: the key and the nonce of the one record there is.
  const key = derive(salt, secret, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = derive(salt, secret, 'Content-Encoding: nonce\0', 12)
  // RFC 8188 section 2: 2 ends the last record.
  const plain = Buffer.concat([Buffer.from(text), Uint8Array.of(2)])
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  // RFC 8188 section 2.1: salt, record size, length of the key id, and as that (RFC 8291 section 4) the sender's key.
  const header = Buffer.alloc(5)
  header.writeUInt32BE(RECORD_SIZE)
  header.writeUInt8(senderKey.length, 4)
  return Buffer.concat([salt, header, senderKey, sealed])
}

function newSender(): ECDH {
  const sender = createECDH(CURVE)
  sender.generateKeys()
  return sender
}

/** Makes a key pair for a server. */
export function newVapidKeys(): VapidKeys {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: CURVE })
  const { x, y, d } = privateKey.export({ format: 'jwk' })
  const point = Buffer.concat([Uint8Array.of(4), Buffer.from(x!, 'base64url'), Buffer.from(y!, 'base64url')])
  return { publicKey: point.toString('base64url'), privateKey: d! }
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * The header by which a push service knows the server.
 * @param endpoint where the message is sent
 * @param subject whom to write to when something is wrong: an address that begins with `https:` or `mailto:`
 * @param expiresAt seconds since 1970, at most a day ahead
 */
export function vapidAuthorization(endpoint: string, subject: string, keys: VapidKeys, expiresAt: number): string {
  const point = Buffer.from(keys.publicKey, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url')) as [
    string,
    string,
  ]
  const key = createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y, d: keys.privateKey } })
  // RFC 8292 section 2: a token for this service alone, signed with ES256.
  const claims = { aud: new URL(endpoint).origin, exp: expiresAt, sub: subject }
  const token = `${encoded({ typ: 'JWT', alg: 'ES256' })}.${encoded(claims)}`
  const signature = sign('sha256', Buffer.from(token), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  // RFC 8292 section 3.
  return `vapid t=${token}.${signature}, k=${keys.publicKey}`
}
