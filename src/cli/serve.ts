import type { Config } from '../config/config.ts'
import { type Server, type StartOptions, start } from '../server.ts'

/**
 * Starts a server, says on standard output that it is ready, and serves until a signal asks it to stop.
 * @param announce prints what comes after the ready line
 * @returns the exit code
 */
export async function serve(
  config: Config,
  options: StartOptions,
  announce: (server: Server) => Promise<void>,
): Promise<number> {
  const server = await start(config, options)
  const stopped = untilSignal()
  console.log(`Mamekey is ready at ${server.origin}`)
  await announce(server)
  await stopped
  await server.stop()
  return 0
}

/** Resolves at the first SIGINT or SIGTERM. A second one ends the process at once, as it would have without us. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}
