import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

const { file } = workerData as { file: string }
const database = new DatabaseSync(file, { timeout: 1000 })

parentPort?.on('message', (mode: 'passive' | 'restart') => {
  const row = database.prepare(`pragma wal_checkpoint(${mode})`).get() as { log: number }
  parentPort?.postMessage(row.log)
})
