import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { bundle } from './bundle.ts'
import { removeFormer } from './former.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const current = join(dist, 'current')

/**
 * Makes a bundle of the program in a new folder in `dist`, then names it in `dist/current`, where the launcher finds it.
 * A server that runs from a former build is not disturbed.
 */
async function run(): Promise<void> {
  const name = `build-${randomBytes(4).toString('hex')}`
  const folder = join(dist, name)
  mkdirSync(folder, { recursive: true })
  try {
    // What changes from now on, the launcher takes for newer than this build.
    writeFileSync(join(folder, 'begun'), '')
    await bundle(['src/main.ts', ...globSync('src/**/*-worker.ts', { cwd: root })], folder)
    copyOtherFiles(folder)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  const replaced = existsSync(current) ? readFileSync(current, 'utf8').trim() : ''
  // Written aside and renamed, so that nobody reads half of it.
  writeFileSync(join(folder, 'name'), `${name}\n`)
  renameSync(join(folder, 'name'), current)
  removeFormer(dist, [name, replaced])
}

/** What the program reads while it runs keeps its place: style sheets, scripts and pictures of the pages. */
function copyOtherFiles(folder: string): void {
  const files = globSync('src/**/*.*', { cwd: root }).filter((file) => !['.ts', '.json'].includes(extname(file)))
  for (const file of files) cpSync(join(root, file), join(folder, file.slice('src/'.length)))
}

try {
  await run()
} catch (error) {
  // What is wrong in the sources has been told already.
  if (!Object.hasOwn(error as object, 'errors')) console.error((error as Error).message)
  process.exitCode = 1
}
