import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What some tests need from outside. Without it they are skipped, unless MAMEKEY_TEST_REQUIRE names it. */
export type Outside = 'postgres' | 'redis' | 'browser'

/**
 * The URL of a PostgreSQL or Redis server, or the path of a Chromium binary, for tests that need one.
 * `undefined` when there is none; throws when there is none and MAMEKEY_TEST_REQUIRE (a comma list) asks for it.
 */
export function available(what: Outside): string | undefined {
  const found = what === 'browser' ? findBrowser() : process.env[variables[what]] || undefined
  if (found === undefined && required().includes(what))
    throw new Error(`MAMEKEY_TEST_REQUIRE asks for ${what}, and there is none. Set ${variables[what]}.`)
  return found
}

/** For the `skip` option of a test: false when `what` is there, else the reason, which names it. */
export function missing(what: Outside): string | false {
  return available(what) === undefined && `needs ${what}: set ${variables[what]}`
}

/** The names in MAMEKEY_TEST_REQUIRE; throws on one that means nothing, which would otherwise require nothing. */
export function required(): Outside[] {
  const names = (process.env['MAMEKEY_TEST_REQUIRE'] ?? '').split(',').map((name) => name.trim())
  return names.filter(Boolean).map((name) => {
    if (name in variables) return name as Outside
    throw new Error(`MAMEKEY_TEST_REQUIRE names ${name}. It takes ${Object.keys(variables).join(', ')}.`)
  })
}

const variables = {
  postgres: 'MAMEKEY_TEST_POSTGRES',
  redis: 'MAMEKEY_TEST_REDIS',
  browser: 'MAMEKEY_TEST_BROWSER',
} as const

function findBrowser(): string | undefined {
  const named = process.env[variables.browser]
  if (named) {
    if (isProgram(named)) return named
    throw new Error(`${variables.browser} is ${named}, which is not a program that can be run.`)
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const onPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  )
  return [
    '/usr/bin/chromium',
    ...onPath,
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ].find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
