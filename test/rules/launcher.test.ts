import assert from 'node:assert/strict'
import { type ExecFileException, execFile } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
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
  await run(place.launcher, [], { env: place.env })
  const { stdout, stderr, code } = await run(join(bin, 'second'), ['start', 'two words', ''], {
    cwd: bin,
    env: place.env,
  })
  assert.equal(stderr, '')
  assert.deepEqual(JSON.parse(stdout), { program: 'main.js', args: ['start', 'two words', ''], cwd: bin })
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
    /^Installing dependencies \(they changed.*\nBuilding…\n$/,
  )
  assert.equal(calls(), 2)
})

test('it builds once, again when a source is changed, added or removed, and two at once do not disturb each other', async () => {
  using place = copy()
  const start = async () => {
    const { stderr, code } = await run(place.launcher, [], { env: place.env })
    assert.equal(code, 7)
    return stderr
  }
  const both = await Promise.all([start(), start()])
  assert.equal(both.filter((stderr) => stderr.includes('Building…')).length, 1)
  assert.equal(await start(), '')
  assert.equal(place.builds(), 1)

  const source = join(place.checkout, 'src/lib/a.ts')
  mkdirSync(dirname(source))
  const longAgo = new Date('2020-01-01')
  for (const change of [
    () => writeFileSync(source, 'export const a = 1'),
    () => utimesSync(source, longAgo, longAgo),
    () => rmSync(source),
    () => writeFileSync(join(place.checkout, 'build/bundle.ts'), ''),
    () => rmSync(join(place.checkout, 'dist/build-5/main.js')),
    () => rmSync(join(place.checkout, 'dist'), { recursive: true }),
  ]) {
    const before = place.builds()
    change()
    assert.equal(await start(), 'Building…\n', `after ${change}`)
    assert.equal(await start(), '')
    assert.equal(place.builds(), before + 1)
  }
})

test('it goes by the time a source was written where find knows no better', async () => {
  using place = copy()
  place.program('find', `case $* in *-cnewer*) exit 1 ;; esac; PATH=/usr/bin:/bin; exec find "$@"`)
  const start = async () => (await run(place.launcher, [], { env: place.env })).stderr
  assert.deepEqual([await start(), await start()], ['Building…\n', ''])
  const future = new Date(Date.now() + 60_000)
  utimesSync(join(place.checkout, 'src/main.ts'), future, future)
  assert.equal(await start(), 'Building…\n')
})

test('what changes while it is building is built the next time', async () => {
  using place = copy()
  const source = join(place.checkout, 'src/during')
  writeFileSync(source, '')
  // Clocks of file systems tick every few milliseconds, and no real build is as fast as this one.
  const newer = `fs.statSync(during).ctimeMs > fs.statSync(folder + '/begun').ctimeMs`
  place.build(`const during = ${JSON.stringify(source)}; do fs.appendFileSync(during, 'x'); while (!(${newer}))`)
  const starts = [1, 2].map(() => () => run(place.launcher, [], { env: place.env }))
  for (const start of starts) assert.equal((await start()).stderr, 'Building…\n')
})

test('when it cannot be built it says so, and runs the tests and the checks nevertheless', async () => {
  using place = copy()
  place.build('console.error("no such thing as x"); process.exit(1)')
  const { stderr, code } = await run(place.launcher, ['start'], { env: place.env })
  assert.equal(code, 1)
  assert.match(
    stderr,
    /^Building…\nno such thing as x\nmamekey: the program could not be built, for the reason above\./,
  )
  for (const command of ['test', 'check']) {
    const result = await run(place.launcher, [command], { env: place.env })
    assert.deepEqual([result.stderr, result.code], ['', 7])
    assert.match(result.stdout, /"program":"main\.ts"/)
  }
})

test('in a folder it may not write it runs what is built, and the sources when that is out of date', async (t) => {
  using place = copy()
  const reader = await run('node', ['--version'], { env: place.env, ...place.reader() })
  if (reader.code !== 0) return t.skip('needs a Node.js that other users may run')
  mkdirSync(join(place.checkout, 'node_modules'))
  const start = () => run(place.launcher, ['start'], { env: place.env, ...place.reader() })
  const unbuilt = await start()
  assert.match(unbuilt.stderr, /^mamekey: what was built is out of date, but this folder is read-only; .*\n$/)
  assert.match(unbuilt.stdout, /"program":"main\.ts"/)

  place.writable()
  assert.equal((await run(place.launcher, ['start'], { env: place.env })).stderr, 'Building…\n')
  const built = await start()
  assert.equal(built.stderr, '')
  assert.match(built.stdout, /"program":"main\.js"/)
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
  assert.match(first.stderr, /^Bringing Node\.js along.*\nBuilding…\n$/)
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

/**
 * The launcher alone, with a program that tells what it was given and ends with 7, something to build it, and a PATH
 * without npm.
 */
function copy() {
  const top = mkdtempSync(join(tmpdir(), 'mamekey-launcher-'))
  const checkout = join(top, 'the checkout')
  const bin = join(top, 'bin')
  for (const folder of ['src', 'build']) mkdirSync(join(checkout, folder), { recursive: true })
  mkdirSync(bin)
  copyFileSync(launcher, join(checkout, 'mamekey'))
  chmodSync(join(checkout, 'mamekey'), 0o755)
  const told = '{ program: process.argv[1].split("/").at(-1), args: process.argv.slice(2), cwd: process.cwd() }'
  writeFileSync(join(checkout, 'src/main.ts'), `console.log(JSON.stringify(${told})); process.exitCode = 7`)
  const build = (during: string) => writeFileSync(join(checkout, 'build/build.ts'), builder(during))
  build('')
  const program = (name: string, body: string) => {
    rmSync(join(bin, name), { force: true })
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 })
  }
  for (const name of [
    'cat',
    'cksum',
    'find',
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
    build,
    /** How often it was built. */
    builds: () => readFileSync(join(top, 'builds'), 'utf8').length,
    /** From now on nobody may write there whom the launcher is run by with these options. */
    reader() {
      chmodSync(top, 0o755)
      if (process.getuid?.() === 0) return { uid: 65534, gid: 65534 }
      for (const folder of [checkout, join(checkout, 'dist')]) if (existsSync(folder)) chmodSync(folder, 0o555)
      return {}
    },
    writable: () => chmodSync(checkout, 0o755),
    lock: (content: string) => writeFileSync(join(checkout, 'package-lock.json'), content),
    [Symbol.dispose]() {
      for (const folder of [checkout, join(checkout, 'dist')]) if (existsSync(folder)) chmodSync(folder, 0o755)
      rmSync(top, { recursive: true, force: true })
    },
  }
}

/** A program like build/build.ts, which takes the source as it is, and does something else while it is building. */
const builder = (during: string): string => `
  const fs = process.getBuiltinModule('node:fs')
  const root = process.argv[1].replace('/build/build.ts', '')
  fs.appendFileSync(root + '/../builds', 'x')
  const name = 'build-' + fs.readFileSync(root + '/../builds', 'utf8').length
  const folder = root + '/dist/' + name
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(folder + '/begun', '')
  ${during}
  fs.copyFileSync(root + '/src/main.ts', folder + '/main.js')
  fs.writeFileSync(root + '/dist/current', name + '\\n')
`

interface RunOptions {
  cwd?: string
  env?: Record<string, string>
  uid?: number
  gid?: number
}

function run(file: string, args: string[], options: RunOptions = {}) {
  return new Promise<{ code: ExecFileException['code'] | 0; stdout: string; stderr: string }>((done) => {
    execFile(file, args, options, (error, stdout, stderr) => done({ code: error ? error.code : 0, stdout, stderr }))
  })
}
