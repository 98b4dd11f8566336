import assert from 'node:assert/strict'
import { type ExecFileException, execFile } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'

const root = resolve(import.meta.dirname, '../..')
const launcher = join(root, 'mamekey')

test('the launcher is a valid POSIX script', async () => {
  assert.equal((await run('sh', ['-n', launcher])).code, 0)
})

test('it works through links, from another folder, with spaces in the path, and is silent about itself', async () => {
  using place = copy()
  const bin = join(place.top, 'some bin')
  mkdirSync(bin)
  symlinkSync('../the checkout/mamekey', join(bin, 'first'))
  symlinkSync('first', join(bin, 'second'))
  const { stdout, stderr, code } = await run(join(bin, 'second'), ['start', 'two words', ''], {
    cwd: bin,
    env: place.env,
  })
  assert.equal(stderr, '')
  assert.deepEqual(JSON.parse(stdout), { args: ['start', 'two words', ''], cwd: bin })
  assert.equal(code, 7)
})

test('without npm it says how to get it', async () => {
  using place = copy()
  place.lock('one')
  const { stderr, code } = await run(place.launcher, [], { env: place.env })
  assert.equal(code, 1)
  assert.match(stderr, /npm was not found\. Install Node\.js with npm/)
})

test('it installs once, again when the lock file changes, and two at once do not disturb each other', async () => {
  using place = copy()
  place.npm('mkdir -p node_modules; echo "$PWD" >>../calls; sleep 0.3')
  place.lock('one')
  const calls = () => readFileSync(join(place.top, 'calls'), 'utf8').trim().split('\n').length
  const both = await Promise.all([1, 2].map(() => run(place.launcher, [], { env: place.env })))
  assert.deepEqual(
    both.map(({ code }) => code),
    [7, 7],
  )
  assert.equal(both.filter(({ stderr }) => stderr.includes('Installing dependencies (first run')).length, 1)
  assert.equal(calls(), 1)

  assert.equal((await run(place.launcher, [], { env: place.env })).stderr, '')
  assert.equal(calls(), 1)

  place.lock('two')
  assert.match(
    (await run(place.launcher, [], { env: place.env })).stderr,
    /^Installing dependencies \(they changed.*\n$/,
  )
  assert.equal(calls(), 2)
})

test('it takes over the lock of a launcher that was killed', async () => {
  using place = copy()
  place.npm('mkdir -p node_modules')
  place.lock('one')
  const gone = await run('sh', ['-c', 'uname -n; echo $$; echo none'])
  mkdirSync(join(place.checkout, '.runtime/cache/installing'), { recursive: true })
  writeFileSync(join(place.checkout, '.runtime/cache/installing/owner'), gone.stdout)
  assert.equal((await run(place.launcher, [], { env: place.env })).code, 7)
})

test('when npm fails it shows what npm said, names the cure, and tries again next time', async () => {
  using place = copy()
  place.npm('echo "npm error request failed, reason: getaddrinfo ENOTFOUND"; exit 1')
  place.lock('one')
  for (let attempt = 1; attempt <= 2; attempt++) {
    const { stderr, code } = await run(place.launcher, [], { env: place.env })
    assert.equal(code, 1)
    assert.match(stderr, /npm error request failed.*registry could not be reached\. Check the network/s)
  }
})

test('without a Node.js that is new enough it brings the one its lock file names', async () => {
  using place = copy()
  place.program('node', 'echo v20.1.0')
  place.npm(
    `case $PWD in */.runtime) mkdir -p node_modules/node-here/bin; ln -s "${process.execPath}" node_modules/node-here/bin/node ;; esac`,
  )
  mkdirSync(join(place.checkout, '.runtime'))
  copyFileSync(join(root, '.runtime/package-lock.json'), join(place.checkout, '.runtime/package-lock.json'))
  const first = await run(place.launcher, ['a'], { env: place.env })
  assert.match(first.stderr, /^Bringing Node\.js along.*\n$/)
  assert.equal(first.code, 7)
  assert.equal((await run(place.launcher, ['a'], { env: place.env })).stderr, '')
})

for (const name of ['package-lock.json', '.runtime/package-lock.json'])
  test(`${name} can be installed on every platform, from the public registry only`, () => {
    const lock = JSON.parse(readFileSync(join(root, name), 'utf8')) as { packages: Record<string, Locked> }
    const packages = Object.entries(lock.packages).filter(
      ([path, { link }]) => path.startsWith('node_modules/') && !link,
    )
    assert.ok(packages.length > 0)
    const incomplete = packages.filter(([, { version, integrity }]) => !version || !integrity?.startsWith('sha512-'))
    assert.deepEqual(
      incomplete.map(([path]) => path),
      [],
      'locked without version and checksum: npm ci refuses that',
    )
    const elsewhere = packages.filter(([, { resolved }]) => resolved !== undefined)
    assert.deepEqual(
      elsewhere.map(([path]) => path),
      [],
    )
    const missing = packages.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter(
          (wanted) => !(`node_modules/${wanted}` in lock.packages || `${path}/node_modules/${wanted}` in lock.packages),
        )
        .map((wanted) => `${path} wants ${wanted}`),
    )
    assert.deepEqual(missing, [], 'builds for other platforms are not locked: npm ci refuses that')
  })

interface Locked {
  version?: string
  integrity?: string
  resolved?: string
  link?: boolean
  optionalDependencies?: Record<string, string>
}

/** The launcher alone, with a main.ts that tells what it was given and ends with 7, and a PATH without npm. */
function copy() {
  const top = mkdtempSync(join(tmpdir(), 'mamekey-launcher-'))
  const checkout = join(top, 'the checkout')
  const bin = join(top, 'bin')
  mkdirSync(join(checkout, 'src'), { recursive: true })
  mkdirSync(bin)
  copyFileSync(launcher, join(checkout, 'mamekey'))
  chmodSync(join(checkout, 'mamekey'), 0o755)
  const main = 'console.log(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd() })); process.exitCode = 7'
  writeFileSync(join(checkout, 'src/main.ts'), main)
  const program = (name: string, body: string) => {
    rmSync(join(bin, name), { force: true })
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 })
  }
  for (const name of [
    'cat',
    'cksum',
    'grep',
    'mkdir',
    'mv',
    'ps',
    'readlink',
    'rm',
    'rmdir',
    'sh',
    'sleep',
    'uname',
    'ln',
  ])
    program(name, `PATH=/usr/bin:/bin; exec ${name} "$@"`)
  symlinkSync(process.execPath, join(bin, 'node'))
  return {
    top,
    checkout,
    launcher: join(checkout, 'mamekey'),
    env: { PATH: bin, HOME: top },
    program,
    npm: (body: string) => program('npm', body),
    lock: (content: string) => writeFileSync(join(checkout, 'package-lock.json'), content),
    [Symbol.dispose]: () => rmSync(top, { recursive: true, force: true }),
  }
}

function run(file: string, args: string[], options: { cwd?: string; env?: Record<string, string> } = {}) {
  return new Promise<{ code: ExecFileException['code'] | 0; stdout: string; stderr: string }>((done) => {
    execFile(file, args, options, (error, stdout, stderr) => done({ code: error ? error.code : 0, stdout, stderr }))
  })
}
