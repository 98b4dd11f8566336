import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Before anything else is loaded: compiled code is read from here at the next start, which halves its time.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'mamekey'))

const { run } = await import('./cli/run.ts')
process.exitCode = await run(process.argv.slice(2), process.env)
