import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { available } from './require.ts'

/** Chromium looks nothing up and updates nothing by itself. */
export const quietArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface TestBrowser extends AsyncDisposable {
  browser: Browser
  /** A page in a profile of its own: nobody is signed in there. */
  page(options?: BrowserContextOptions): Promise<Page>
}

/** A real Chromium. */
export async function testBrowser(): Promise<TestBrowser> {
  const executablePath = available('browser')
  if (!executablePath) throw new Error('This test needs a Chromium: set MAMEKEY_TEST_BROWSER to its path')
  const browser = await chromium.launch({ executablePath, args: quietArguments })
  return {
    browser,
    page: async (options = {}) => (await browser.newContext({ locale: 'en-US', ...options })).newPage(),
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

/** A Chromium with a profile on disk: private ones open no addresses of applications' own schemes. */
export async function profiledPage(): Promise<{ page: Page } & AsyncDisposable> {
  const executablePath = available('browser')
  if (!executablePath) throw new Error('This test needs a Chromium: set MAMEKEY_TEST_BROWSER to its path')
  const profile = mkdtempSync(join(tmpdir(), 'mamekey-profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...quietArguments, '--headless=new'],
    locale: 'en-US',
  })
  return {
    page: await context.newPage(),
    async [Symbol.asyncDispose]() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** Signs someone in by the form they are shown. */
export async function fillSignIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
}
