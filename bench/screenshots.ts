import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { CLAIM_TIME } from '../src/access/consent.ts'
import { issueToken } from '../src/access/manual.ts'
import { digestOf } from '../src/access/token.ts'
import { SEED_PASSWORD, seed } from '../src/cli/seed.ts'
import { readConfig } from '../src/config/config.ts'
import { resetServer } from '../src/core/reset-server.ts'
import { tokenByDigest, touchToken } from '../src/db/queries/grants.ts'
import { userByName } from '../src/db/queries/users.ts'
import { DAY } from '../src/lib/time.ts'
import { type Colour, encodePng } from '../src/media/png.ts'
import { type Server, start } from '../src/server.ts'
import { quietArguments } from '../test/browser.ts'
import { available } from '../test/require.ts'

/**
 * Takes the pictures of the documentation: every page in two widths, two colour schemes and two languages, out of a
 * real Chromium in front of a real server. Run it with `node bench/screenshots.ts [folder]`, then look at every one.
 */
const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../docs/use/screenshots'))

const widths = { 375: 812, 1440: 900 }
const schemes = ['light', 'dark'] as const
const languages = { en: 'en-GB', ja: 'ja-JP' }

const asked = ['read:account', 'write:notes', 'write:reactions', 'read:drive', 'write:drive', 'read:notifications']
const question = new URLSearchParams({
  name: 'Hanami',
  callback: 'https://hanami.example/welcome',
  permission: asked.join(','),
})

interface Picture {
  path: string
  /** As alice; otherwise as a stranger. */
  signedIn: boolean
  /** The whole page, however long; otherwise what the window shows. */
  whole: boolean
  /** What to do on the page before the picture is taken. */
  act?: (page: Page) => Promise<void>
}

const pages: Record<string, Picture> = {
  home: { path: '/', signedIn: false, whole: true },
  'sign-in': { path: '/sign-in', signedIn: false, whole: true },
  // Its buttons stick to the lower edge of the window, so the window is what is shown.
  consent: { path: `/miauth/8f2b7c1e-1f57-4a52-9d3e-6f0c1d0b7a11?${question}`, signedIn: true, whole: false },
  tokens: { path: '/settings/api', signedIn: true, whole: true },
  'token-issued': {
    path: '/settings/api',
    signedIn: true,
    whole: false,
    async act(page) {
      await page.locator('input[name="name"]').fill('Weather bot')
      await page.locator('form.issue input[name="expires"][value="90d"]').check({ force: true })
      await page.locator('form.issue button[type="submit"]').click()
      await page.locator('.issued').waitFor()
    },
  },
}

const browserPath = available('browser')
if (!browserPath) throw new Error('There is no Chromium here: set MAMEKEY_TEST_BROWSER to one.')

const data = mkdtempSync(join(tmpdir(), 'mamekey-screenshots-'))
// The address a reader will see on their own machine, whatever port is free on this one.
const settings = { data, port: '0', url: 'http://localhost:3000', registration: 'open', log: 'warn' }
const server = await start(readConfig({ ...settings, 'rate-limits': 'off' }, {}), { seed })
const { port } = server.app.server.address() as AddressInfo
const browser = await chromium.launch({
  executablePath: browserPath,
  args: [`--host-resolver-rules=MAP localhost:3000 127.0.0.1:${port}`, ...quietArguments],
})
try {
  mkdirSync(folder, { recursive: true })
  const reader = await browser.newPage()
  for (const [width, height] of Object.entries(widths)) {
    for (const colorScheme of schemes) {
      for (const [language, locale] of Object.entries(languages)) {
        await resetServer(server.ctx)
        await addApps(server)
        const context = await browser.newContext({
          baseURL: server.origin,
          viewport: { width: Number(width), height },
          colorScheme,
          locale,
          reducedMotion: 'reduce',
        })
        for (const [name, { path, signedIn, whole, act }] of Object.entries(pages)) {
          const page = await context.newPage()
          if (signedIn) await signIn(context, page)
          await page.goto(path)
          await act?.(page)
          // What has the focus may have been scrolled to, or not yet.
          await page.evaluate('new Promise((done) => setTimeout(done, 50)).then(() => scrollTo(0, 0))')
          const picture = await page.screenshot({ fullPage: whole, animations: 'disabled' })
          const file = join(folder, `${name}-${width}-${colorScheme}-${language}.png`)
          writeFileSync(file, await shrink(reader, picture))
          console.log(file)
          await page.close()
        }
        await context.close()
      }
    }
  }
} finally {
  await browser.close()
  await server.stop()
  rmSync(data, { recursive: true, force: true })
}

/** What alice has allowed before, so that the list is not empty. */
async function addApps({ ctx }: Server): Promise<void> {
  const alice = await userByName(ctx.db, 'alice')
  if (!alice) throw new Error('The seed has no alice.')
  const now = Date.now()
  const plain = { session: null, description: null, iconUrl: null }
  await issueToken(ctx, alice.id, {
    ...plain,
    name: 'Train times',
    permissions: ['write:notes', 'read:drive', 'write:drive'],
    expiresAt: now + CLAIM_TIME + 29 * DAY,
  })
  const session = 'c0ffee00-1f57-4a52-9d3e-6f0c1d0b7a11'
  const app = { ...plain, session, name: 'Hanami', permissions: asked, expiresAt: null }
  const issued = await issueToken(ctx, alice.id, app)
  if (typeof issued === 'string') throw new Error('The token was not made.')
  const row = await tokenByDigest(ctx.db, digestOf(issued.token), '')
  if (row) await ctx.transact((tx) => touchToken(tx, row.tokenId, now))
}

/** Signs alice in once; the cookie is the context's from then on. */
async function signIn(context: BrowserContext, page: Page): Promise<void> {
  if ((await context.cookies()).some(({ name }) => name === 'mamekey')) return
  await page.goto('/sign-in')
  await page.locator('input[name="username"]').fill('alice')
  await page.locator('input[name="password"]').fill(SEED_PASSWORD)
  await page.locator('main form button[type="submit"]').first().click()
  await page.waitForURL('**/')
}

/**
 * The same picture with at most 256 colours, about a third as large: pages are flat, and what is more than that is the
 * rims of letters. The browser reads the picture for us.
 */
async function shrink(reader: Page, picture: Buffer): Promise<Buffer> {
  const source = `data:image/png;base64,${picture.toString('base64')}`
  // As text, because it is the browser's to run and knows what only browsers have.
  const { width, height, base64 } = await reader.evaluate<{
    width: number
    height: number
    base64: string
  }>(`(async () => {
    const image = new Image()
    image.src = '${source}'
    await image.decode()
    const { naturalWidth: width, naturalHeight: height } = image
    const canvas = new OffscreenCanvas(width, height).getContext('2d')
    canvas.drawImage(image, 0, 0)
    const { buffer } = canvas.getImageData(0, 0, width, height).data
    return { width, height, base64: new Uint8Array(buffer).toBase64() }
  })()`)
  const colours = readColours(Buffer.from(base64, 'base64'))
  const counts = new Map<number, number>()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const kept = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0)).slice(0, 256)
  const palette = kept.map((colour): Colour => [colour >> 16, (colour >> 8) & 255, colour & 255])
  const nearest = new Map([...counts.keys()].map((colour) => [colour, nearestOf(colour, palette)]))
  const pixels = Uint8Array.from(colours, (colour) => nearest.get(colour) ?? 0)
  return encodePng({ width, height, palette, pixels })
}

/** Red, green and blue of each pixel in one number; transparency, which screenshots have none of, is dropped. */
function readColours(bytes: Buffer): Uint32Array {
  const colours = new Uint32Array(bytes.length / 4)
  for (let at = 0; at < colours.length; at++) colours[at] = bytes.readUIntBE(at * 4, 3)
  return colours
}

function nearestOf(colour: number, palette: readonly Colour[]): number {
  const distances = palette.map(
    ([red, green, blue]) =>
      (red - (colour >> 16)) ** 2 + (green - ((colour >> 8) & 255)) ** 2 + (blue - (colour & 255)) ** 2,
  )
  return distances.indexOf(Math.min(...distances))
}
