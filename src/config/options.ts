import { isIP } from 'node:net'

/** How the text of a setting becomes its value; throws an Error whose message says what would be right. */
type Parse<T> = (text: string) => T

export interface Option<T> {
  /** Name as a flag: `--data`. The environment variable is `MAMEKEY_` and the same name in capitals. */
  readonly flag: string
  readonly parse: Parse<T>
  /** What applies when it is not given, as one would write it; null for nothing. */
  readonly fallback: string | null
  /** One line for the help, example.env and the documentation. */
  readonly help: string
  /** What may be written, for the same places. */
  readonly values: string
  /** Never shown. */
  readonly secret?: true
}

const option = <T>(
  flag: string,
  parse: Parse<T>,
  fallback: string | null,
  values: string,
  help: string,
  more: { secret?: true } = {},
): Option<T> => ({ flag, parse, fallback, values, help, ...more })

const text: Parse<string> = (value) => value

const onOff: Parse<boolean> = (value) => {
  if (value === 'on' || value === 'off') return value === 'on'
  throw new Error('must be on or off')
}

const oneOf =
  <T extends string>(...allowed: T[]): Parse<T> =>
  (value) => {
    if ((allowed as string[]).includes(value)) return value as T
    throw new Error(`must be one of ${allowed.join(', ')}`)
  }

const port: Parse<number> = (value) => {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65535) return Number(value)
  throw new Error('must be a port number from 0 (any free port) to 65535')
}

const origin: Parse<string> = (value) => {
  const url = URL.parse(value)
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username)
    return url.origin
  throw new Error('must be an origin such as https://social.example, without a path')
}

const database: Parse<string> = (value) => {
  if (value === 'sqlite' || /^postgres(ql)?:\/\//.test(value)) return value
  throw new Error('must be sqlite or a postgres:// URL')
}

const proxies: Parse<boolean | string[]> = (value) => {
  if (value === 'on' || value === 'off') return value === 'on'
  const addresses = value.split(',').map((address) => address.trim())
  if (addresses.every((address) => isIP(address.replace(/\/\d{1,3}$/, '')) !== 0)) return addresses
  throw new Error('must be off, on, or addresses such as 10.0.0.1,192.168.0.0/16')
}

const bus: Parse<string> = (value) => {
  if (value === 'memory' || /^(redis|valkey)s?:\/\//.test(value)) return value
  throw new Error('must be memory, or the redis:// or valkey:// URL of a server')
}

/**
 * Every setting of the server. The help, `example.env` and `docs/operate/settings.md` are made from this table;
 * a setting that is not here does not exist.
 */
export const options = {
  host: option(
    'host',
    text,
    'localhost',
    'a name or address',
    'Where to listen; localhost means both loopback addresses',
  ),
  port: option('port', port, '3000', '0–65535', 'The port to listen on; 0 takes any free one'),
  url: option<string>(
    'url',
    origin,
    null,
    'an origin',
    'The public origin people and apps use; http://localhost:<port> when not given',
  ),
  tlsCert: option<string>(
    'tls-cert',
    text,
    null,
    'a file',
    'Certificate chain (PEM), to serve HTTPS without a proxy; read again when it changes',
  ),
  tlsKey: option<string>('tls-key', text, null, 'a file', 'Private key (PEM) of the certificate'),
  data: option('data', text, './data', 'a folder', 'The one folder with database, files and secrets'),
  database: option(
    'database',
    database,
    'sqlite',
    'sqlite or postgres://…',
    'Where rows are kept: inside the data folder, or a PostgreSQL server',
    { secret: true },
  ),
  bus: option(
    'bus',
    bus,
    'memory',
    'memory, redis://… or valkey://…',
    'What carries events between processes: needed for more than one',
    { secret: true },
  ),
  setupPassword: option<string>(
    'setup-password',
    text,
    null,
    'a password',
    'Asked for the first account; may be left out only while the origin is loopback',
    { secret: true },
  ),
  rateLimits: option('rate-limits', onOff, 'on', 'on, off', 'Whether calls are limited; off for tests and benchmarks'),
  registration: option(
    'registration',
    oneOf('open', 'invite', 'closed'),
    'closed',
    'open, invite, closed',
    'Who may sign up, until an administrator sets it',
  ),
  allowPrivateNetwork: option(
    'allow-private-network',
    onOff,
    'off',
    'on, off',
    'Whether outgoing requests may reach private addresses; for development',
  ),
  allowReset: option(
    'allow-reset',
    onOff,
    'off',
    'on, off',
    'Whether the endpoint reset-db may empty the server; for test servers',
  ),
  trustProxy: option(
    'trust-proxy',
    proxies,
    'off',
    'off, on, or addresses',
    'Which proxies to believe about the client’s address: off, on (all), or a comma-separated list of addresses and ranges',
  ),
  realm: option(
    'realm',
    text,
    'Misskey',
    'a name',
    'The realm in WWW-Authenticate, by which some clients know the server',
  ),
  software: option(
    'software',
    text,
    'misskey',
    'a name',
    'The software name in nodeinfo, by which clients choose their code',
  ),
  log: option(
    'log',
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'),
    'info',
    'trace, debug, info, warn, error, silent',
    'How much to log, as JSON lines on standard error',
  ),
} as const

export type OptionName = keyof typeof options

/** The value each option has once read; null where nothing was given and nothing applies. */
export type OptionValues = {
  [K in OptionName]: (typeof options)[K] extends Option<infer T>
    ? T | ((typeof options)[K]['fallback'] extends null ? null : never)
    : never
}

/** The environment variable of an option. */
export const variableOf = (flag: string): string => `MAMEKEY_${flag.toUpperCase().replaceAll('-', '_')}`
