import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A build begun this many milliseconds ago stays: it may be used where we cannot see. */
const YOUNG = 60 * 60 * 1000

/**
 * Removes the builds in `dist` that nobody needs. There stay the ones to keep, the young ones, and those that a process
 * runs from, for weeks perhaps: a server loads some of its files only when it needs them.
 */
export function removeFormer(dist: string, keep: readonly string[]): void {
  const commands = runningCommands()
  for (const name of globSync('build-*', { cwd: dist })) {
    if (keep.includes(name) || commands.includes(`/${name}/`)) continue
    const begun = statSync(join(dist, name, 'begun'), { throwIfNoEntry: false })?.mtimeMs ?? 0
    if (Date.now() - begun > YOUNG) remove(join(dist, name))
  }
}

/** Somebody else's stays; the new build is good nevertheless. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch (error) {
    console.error(`An old build could not be removed: ${(error as Error).message}`)
  }
}

/** The command lines of all processes one can see. */
function runningCommands(): string {
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-A', '-ww', '-o', 'args'], { encoding: 'utf8' }).stdout ?? ''
  return globSync('/proc/[0-9]*/cmdline').map(textOf).join('\n')
}

/** Empty when it is not there, or not any more. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
