import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { createServer, type Server as HttpServer } from 'node:http'
import { createServer as createSecureServer, type Server as HttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type Logger, pino } from 'pino'
import { needsSetup, newSetupLink } from './access/setup.ts'
import { createBus } from './bus/open.ts'
import type { Config } from './config/config.ts'
import { VERSION } from './config/version.ts'
import type { Ctx, Seed } from './context.ts'
import { openAntennas } from './core/antennas.ts'
import { rememberCounts } from './core/counts.ts'
import { rememberPeople } from './core/people.ts'
import { openSettings } from './core/settings.ts'
import { makeVapidKeys } from './core/vapid.ts'
import { openDatabase } from './db/open.ts'
import { latestNoteId } from './db/queries/notes.ts'
import { sweepOut } from './db/queries/sweep.ts'
import { buildApp } from './http/app.ts'
import { startJobs } from './jobs/start.ts'
import { createEgress, type Egress } from './lib/egress.ts'
import { createIds } from './lib/id.ts'
import { createLimits, noLimits } from './lib/limits.ts'
import { createLog } from './lib/log.ts'
import { readServerKey } from './lib/server-key.ts'
import { HOUR } from './lib/time.ts'

export interface StartOptions {
  /** Plants what is there at the start on an empty server, and again after every reset. */
  seed?: Seed
  /** Where log lines go; standard error when not given. */
  log?: Logger
  /** The way out; tests give one that leads to servers of their own. */
  egress?: Egress
}

/** What is opened before there is anything to serve. The command line works on it too. */
export interface Opened {
  ctx: Ctx
  close(): Promise<void>
}

/** A running server. */
export interface Server extends Opened {
  app: FastifyInstance
  /** Where it answers, as the ready line says it. */
  origin: string
  /** Stops listening, finishes what is in flight, and closes everything. */
  stop(): Promise<void>
}

const logTo = (level: string): Logger => createLog(level, pino.destination({ fd: 2, sync: true }))

const egressOf = ({ allowPrivateNetwork }: Config): Egress =>
  createEgress({ allowPrivate: allowPrivateNetwork, userAgent: `Mamekey/${VERSION}` })

/** Opens database, bus and settings. */
export async function open(
  config: Config,
  { seed, log = logTo(config.log), egress = egressOf(config) }: StartOptions = {},
): Promise<Opened & { setOrigin(origin: string): void }> {
  // First, for it makes the folder.
  const key = readServerKey(config.data)
  const onError = (error: Error) => log.error({ err: error }, 'Something failed in the background')
  const database = await openDatabase(config.database, config.data, onError, {
    notify: (message) => log.warn({}, message),
  })
  const bus = await createBus(config.bus, log)
  const settings = await openSettings(database.db, bus, onError)
  const antennas = openAntennas(bus)
  const people = rememberPeople(database.db, bus)
  const counts = rememberCounts(database.db, bus)
  const ids = createIds()
  ids.after((await latestNoteId(database.db)) ?? '')
  let url = config.url ?? `http://localhost:${config.port}`
  const ctx: Ctx = {
    config: Object.defineProperty({ ...config, url, seed: seed ?? null, key }, 'url', {
      get: () => url,
      enumerable: true,
    }),
    db: database.db,
    transact: database.transact,
    bus,
    ids,
    settings: settings.store,
    memory: { people: people.store, antennas: antennas.store, counts: counts.store },
    limits: config.rateLimits ? createLimits() : noLimits,
    egress,
    log,
  }
  return {
    ctx,
    setOrigin(origin) {
      url = origin
    },
    async close() {
      egress.close()
      settings.close()
      antennas.close()
      people.close()
      counts.close()
      await bus.close()
      await database.close()
    },
  }
}

/** Starts serving; resolves when every endpoint answers. */
export async function start(config: Config, options: StartOptions = {}): Promise<Server> {
  const { ctx, setOrigin, close } = await open(config, options)
  try {
    await makeVapidKeys(ctx)
    if (options.seed && needsSetup(ctx)) await options.seed(ctx)
    const sockets = socketFactory(config)
    const app = await buildApp(ctx, sockets.create)
    await app.listen({ host: config.host, port: config.port })
    const { port } = app.server.address() as AddressInfo
    if (config.url === null) setOrigin(`${config.tlsCert ? 'https' : 'http'}://localhost:${port}`)
    const sweep = setInterval(() => {
      ctx.transact((tx) => sweepOut(tx, Date.now())).catch((error) => ctx.log.error({ err: error }, 'A sweep failed'))
    }, HOUR)
    sweep.unref()
    const jobs = startJobs(ctx)
    return {
      ctx,
      app,
      origin: ctx.config.url,
      close,
      async stop() {
        clearInterval(sweep)
        sockets.close()
        await app.close()
        await jobs.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The one-time link to make the administrator with, on a server that has none yet. */
export const setupLinkOf = async ({ ctx }: Opened): Promise<string | null> =>
  needsSetup(ctx) ? newSetupLink(ctx) : null

/** Makes the sockets to listen with: plain, or with a certificate that is read again when its file changes. */
function socketFactory({ tlsCert, tlsKey }: Config) {
  if (tlsCert === null || tlsKey === null) {
    return { create: (handler: Handler): HttpServer => createServer(handler), close: () => {} }
  }
  const read = () => ({ cert: readFileSync(tlsCert), key: readFileSync(tlsKey) })
  const servers: HttpsServer[] = []
  const renew = () => {
    try {
      const context = read()
      for (const server of servers) server.setSecureContext(context)
    } catch {
      // Half-written, or cert and key of different pairs: the old pair serves until the next change.
    }
  }
  watchFile(tlsCert, { interval: 5000, persistent: false }, renew)
  watchFile(tlsKey, { interval: 5000, persistent: false }, renew)
  return {
    create(handler: Handler): HttpServer {
      const server = createSecureServer(read(), handler)
      servers.push(server)
      return server as unknown as HttpServer
    },
    close() {
      unwatchFile(tlsCert, renew)
      unwatchFile(tlsKey, renew)
    },
  }
}

type Handler = Parameters<typeof createServer>[1] & object
