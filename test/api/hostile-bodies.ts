import { gzipSync } from 'node:zlib'

/** A request that is wrong as a whole, whatever parameters an endpoint has. */
export interface HostileBody {
  what: string
  headers: Record<string, string>
  body?: string | Uint8Array
  /** What it must be answered with; left out where it depends on the endpoint. */
  answer?: { status: number; code: string; param?: string }
}

const json = { 'content-type': 'application/json' }
const MEBIBYTE = 1024 * 1024
const noJson = { status: 400, code: 'INVALID_PARAM', param: '#' }
const noObject = { status: 400, code: 'INVALID_PARAM', param: '#/type' }
const noType = { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' }
const tooLarge = { status: 413, code: 'PAYLOAD_TOO_LARGE' }

const of = (type: string) => ({ 'content-type': type })

const broken = [
  '{',
  '}',
  '{"a":}',
  '{"a":NaN}',
  '{"a":Infinity}',
  "{'a':1}",
  '{"a":1,}',
  '{"a":01}',
  'nul',
  '{}{}',
  '\0',
]
const others = ['[]', '[{}]', 'null', '"x"', '1', 'true', '[[[]]]']

/** Every request to send to each endpoint. `valid` are parameters that could be right. */
export const hostileBodies = (valid: object): HostileBody[] => [
  ...broken.map((body) => ({ what: `the JSON ${JSON.stringify(body)}`, headers: json, body, answer: noJson })),
  { what: 'three thousand brackets', headers: json, body: '['.repeat(3000), answer: noJson },
  { what: 'a byte order mark', headers: json, body: `\ufeff${JSON.stringify(valid)}`, answer: noJson },
  { what: 'lists in lists', headers: json, body: '['.repeat(10_000) + ']'.repeat(10_000) },
  { what: 'half a million lists in lists', headers: json, body: '['.repeat(500_000) + ']'.repeat(500_000) },
  ...others.map((body) => ({ what: `the body ${body}`, headers: json, body, answer: noObject })),
  { what: 'JSON with nothing in it', headers: json, body: '' },
  { what: 'JSON of white space', headers: json, body: ' \n' },
  { what: 'nothing at all', headers: {}, answer: noObject },
  { what: 'text', headers: of('text/plain'), body: JSON.stringify(valid), answer: noObject },
  { what: 'a form with files', headers: of('multipart/form-data; boundary=x'), body: '--x--\r\n', answer: noObject },
  { what: 'a form with files and no boundary', headers: of('multipart/form-data'), body: 'x', answer: noObject },
  { what: 'a form', headers: of('application/x-www-form-urlencoded'), body: 'a=1', answer: noType },
  { what: 'no type', headers: {}, body: '{}', answer: noType },
  { what: 'a type that is none', headers: of('\\'), body: '{}', answer: noType },
  {
    what: 'UTF-16',
    headers: of('application/json; charset=utf-16'),
    body: Buffer.from('{}', 'utf16le'),
    answer: noJson,
  },
  {
    what: 'Latin-1',
    headers: of('application/json; charset=latin1'),
    body: Buffer.from('{"a":"é"}', 'latin1'),
    answer: noJson,
  },
  { what: 'bytes that are no text', headers: json, body: Buffer.from([0x22, 0xff, 0xfe, 0x22]), answer: noJson },
  { what: 'gzip', headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync('{}'), answer: noJson },
  { what: 'too much', headers: json, body: `{"a":"${'a'.repeat(MEBIBYTE)}"}`, answer: tooLarge },
  { what: 'too much text', headers: of('text/plain'), body: 'a'.repeat(MEBIBYTE + 1), answer: tooLarge },
  {
    what: 'too much, in pieces',
    headers: { ...json, 'transfer-encoding': 'chunked' },
    body: 'a'.repeat(MEBIBYTE + 1),
    answer: tooLarge,
  },
  { what: 'a mebibyte of white space', headers: json, body: ' '.repeat(MEBIBYTE) },
  { what: 'names of every object', headers: json, body: JSON.stringify({ ...valid, ...names }) },
  { what: 'twenty thousand names', headers: json, body: JSON.stringify({ ...valid, ...manyNames }) },
  { what: 'a name twice', headers: json, body: '{"a":1,"a":2,"i":null,"i":null}' },
  { what: 'a prototype', headers: json, body: '{"__proto__":{"isAdministrator":true}}', answer: noJson },
]

const names = {
  constructor: { prototype: {} },
  toString: 1,
  hasOwnProperty: null,
  length: -1,
  '': 0,
  $ref: '#',
}
const manyNames = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`n${index}`, 0]))

/** Queries for what is called by GET. */
export const hostileQueries = [
  'a=1&a=2',
  'a[b]=1&a[b]=2',
  'a[]=1',
  'a.b.c=1',
  '__proto__=1',
  '__proto__[isAdministrator]=1',
  'constructor[prototype][x]=1',
  'toString=1',
  'x=%00',
  'x=%',
  'x=%ED%A0%80',
  'x=%FF',
  '&&&===',
  '?',
  `x=${'a'.repeat(8000)}`,
  'a=1&'.repeat(1500),
  'i=a&i=b',
  'i[]=a',
  'i=%00',
] as const
