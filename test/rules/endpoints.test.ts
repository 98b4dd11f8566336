import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { permissions as published } from 'misskey-js'
import { permissions } from '../../src/access/permission.ts'
import { type Endpoint, endpoint as keep } from '../../src/api/endpoint.ts'
import { endpoints } from '../../src/api/index.ts'
import { API_VERSION, VERSION } from '../../src/config/version.ts'
import { errors as gateErrors } from '../../src/http/error.ts'
import { knownErrors } from '../api/expect.ts'
import { root, sourceFiles } from './source-files.ts'

/** Files in src/api that hold no endpoint, and the one named otherwise because the record's type has its name. */
const shared = [
  'index',
  'endpoint',
  'params',
  'admin/emoji/details',
  'admin/emoji/picture',
  'admin/roles/params',
  'drive/files/create-errors',
  'following/wishes',
  'i/notification-params',
  'i/update-errors',
  'i/update-params',
  'notes/create-errors',
  'notes/timeline-params',
  'sw/registration',
  'users/lists/readable',
  'antennas/antenna-params',
  'users/whose-follows',
]
const renamed: Record<string, string> = { 'endpoint-info': 'endpoint' }

/** Errors no other server has: clients show their words. */
const ourOwn = [
  'admin/accounts/create DUPLICATED_USERNAME',
  'admin/suspend-user CANNOT_SUSPEND_MODERATOR',
  'admin/suspend-user NO_SUCH_USER',
  'admin/unsuspend-user NO_SUCH_USER',
  'auth/session/userkey DENIED_SESSION',
  'drive/files/create NO_SUCH_FOLDER',
  'drive/files/move-bulk NO_SUCH_FOLDER',
  'emoji NO_SUCH_EMOJI',
  'miauth/gen-token SESSION_USED',
  'miauth/gen-token EXPIRES_AT_IS_PAST',
  'notes/state NO_SUCH_NOTE',
  'reset-db RESET_NOT_ALLOWED',
]

const records: readonly Endpoint[] = endpoints
const files = sourceFiles('src/api')
  .map((file) => file.slice('src/api/'.length, -'.ts'.length))
  .filter((name) => !name.startsWith('entry/') && !shared.includes(name))

test('every endpoint is in the list once, in the file of its path, in order', () => {
  const paths = records.map(({ path }) => path)
  assert.deepEqual(paths, files.map((name) => renamed[name] ?? name).toSorted())
  assert.equal(new Set(paths).size, paths.length)
})

test('an endpoint says what it is for in a sentence, and what it needs', () => {
  for (const { path, about, auth, permission, secure } of records) {
    assert.match(about, /^[A-Z].*[.]$/, path)
    if (permission !== null && permission !== 'any')
      assert.ok(permissions.includes(permission), `${path} ${permission}`)
    if (secure) assert.notEqual(auth, 'none', `${path}: only signed-in people have a native token`)
    if (auth !== 'none' && !secure) assert.notEqual(permission, null, `${path}: no token could call it`)
  }
})

test('every error has a code, an id of its own in its endpoint, and words', () => {
  // One that clients know has no hyphens.
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^dbeb024837894013aed44279f9199740$/
  for (const { path, errors } of [{ path: 'the gate', errors: gateErrors }, ...records]) {
    const all = Object.entries(errors)
    for (const [name, { code, id, message, status = 400 }] of all) {
      assert.match(code, /^[A-Z]+(_[A-Z]+)*$/, `${path} ${name}`)
      assert.match(id, uuid, `${path} ${name}`)
      assert.match(message, /^\S.*[.…]$/u, `${path} ${name}`)
      assert.ok(status >= 400 && status < 600, `${path} ${name}`)
    }
    assert.equal(new Set(all.map(([, { id }]) => id)).size, all.length, `${path} uses an id twice`)
  }
})

test('errors that clients know have the code, id and status they know', () => {
  for (const { path, errors } of records) {
    for (const { code, id, status = 400 } of Object.values(errors)) {
      const expected = knownErrors[path]?.[code]
      if (expected) assert.deepEqual([id, status], expected, `${path} ${code}`)
      else assert.ok(ourOwn.includes(`${path} ${code}`), `${path} ${code} is neither known to clients nor our own`)
    }
  }
})

test('a handler cannot fail with an error it does not declare', () => {
  const record = {
    about: '',
    auth: 'none',
    permission: null,
    secure: false,
    params: {},
    res: null,
    errors: {},
  } as const
  // @ts-expect-error: no such error is declared
  keep({ ...record, path: 'x', handle: async ({ fail }) => fail('unheardOf') })
})

test('the permissions are the published ones', () => {
  assert.deepEqual([...permissions].sort(), [...published].sort())
  assert.equal(new Set(permissions).size, permissions.length)
})

test('the version is that of the package, after the version of the API that misskey-js describes', () => {
  const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as { version: string }
  assert.equal(VERSION, read('package.json').version)
  assert.equal(API_VERSION, `${read('node_modules/misskey-js/package.json').version}-mamekey.${VERSION}`)
})
