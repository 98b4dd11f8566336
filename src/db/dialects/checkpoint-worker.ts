import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

const { file } = workerData as { file: string }
const database = new DatabaseSync(file, { timeout: 1000 })

parentPort?.on('message', () => {
  // PASSIVE never waits for the writer nor makes it wait.
  database.exec('pragma wal_checkpoint(passive)')
  parentPort?.postMessage('done')
})
