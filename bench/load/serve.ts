import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readConfig } from '../../src/config/config.ts'
import { start } from '../../src/server.ts'

/** What a server under load says of itself. */
export interface Vitals {
  /** Resident memory in bytes. */
  memory: number
  /** The longest time since the last question for which nothing else got a turn, in milliseconds. */
  longestDelay: number
}

/** Serves as `mamekey start` does, without a log, and answers each message with its vitals. */
const server = await start(readConfig(JSON.parse(process.argv[2]!) as Record<string, string>, {}))
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
process.on('message', () => {
  const vitals: Vitals = { memory: process.memoryUsage.rss(), longestDelay: delay.max / 1e6 }
  delay.reset()
  process.send!(vitals)
})
process.once('disconnect', () => void server.stop())
process.send!(server.origin)
