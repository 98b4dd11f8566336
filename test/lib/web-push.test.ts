import assert from 'node:assert/strict'
import { createECDH, createPublicKey, verify } from 'node:crypto'
import { test } from 'node:test'
import { arePushKeys, encryptPush, MAX_PUSH_LENGTH, newVapidKeys, vapidAuthorization } from '../../src/lib/web-push.ts'
import { decryptPush, newReceiver } from './push-receiver.ts'

/** RFC 8291, appendix A. */
const example = {
  text: 'When I grow up, I want to be a watermelon',
  senderPrivate: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  senderPublic: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
  receiverPrivate: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
  receiverPublic: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  body:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_' +
    'yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}

test('the example of RFC 8291 comes out as it is written there', () => {
  const sender = createECDH('prime256v1')
  sender.setPrivateKey(example.senderPrivate, 'base64url')
  assert.equal(sender.getPublicKey('base64url'), example.senderPublic)
  const keys = { publickey: example.receiverPublic, auth: example.auth }
  const body = encryptPush(example.text, keys, { salt: Buffer.from(example.salt, 'base64url'), sender })
  assert.equal(body.toString('base64url'), example.body)
  assert.equal(decryptPush(body, example), example.text)
})

test('every message is encrypted anew, up to the length that push services take', () => {
  const receiver = newReceiver()
  const text = '豆'.repeat(Math.floor(MAX_PUSH_LENGTH / 3))
  const [one, other] = [encryptPush(text, receiver.keys), encryptPush(text, receiver.keys)]
  assert.notDeepEqual(one.subarray(0, 16), other.subarray(0, 16))
  assert.notDeepEqual(one.subarray(21, 86), other.subarray(21, 86))
  assert.ok(one.length <= 4096)
  for (const body of [one, other]) assert.equal(receiver.decrypt(body), text)
})

test('keys that no browser has are known as such', () => {
  const { keys } = newReceiver()
  assert.equal(arePushKeys(keys), true)
  const point = Buffer.from(keys.publickey, 'base64url')
  point[40]! ^= 1
  for (const bad of [
    { ...keys, publickey: 'p' },
    { ...keys, publickey: '' },
    { ...keys, publickey: point.toString('base64url') },
    { ...keys, auth: 'a' },
  ]) {
    assert.equal(arePushKeys(bad), false, JSON.stringify(bad))
  }
})

test('the server says who it is by a signed token (RFC 8292)', () => {
  const keys = newVapidKeys()
  const header = vapidAuthorization('https://push.example:8443/one?two', 'https://bean.example', keys, 1_900_000_000)
  const [, head, claims, signature, key] = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(header) ?? []
  const read = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString())
  assert.deepEqual(read(head), { typ: 'JWT', alg: 'ES256' })
  assert.deepEqual(read(claims), { aud: 'https://push.example:8443', exp: 1_900_000_000, sub: 'https://bean.example' })
  assert.equal(key, keys.publicKey)
  const point = Buffer.from(key ?? '', 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url')) as [
    string,
    string,
  ]
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
  const signed = Buffer.from(`${head}.${claims}`)
  const options = { key: publicKey, dsaEncoding: 'ieee-p1363' as const }
  assert.ok(verify('sha256', signed, options, Buffer.from(signature ?? '', 'base64url')))
})
