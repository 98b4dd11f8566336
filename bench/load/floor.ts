import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import fastify from 'fastify'

/** What any server on these foundations costs: one route that reads one row, without a log. */
const database = new DatabaseSync(':memory:')
database.exec('create table thing (id text primary key, value text)')
const insert = database.prepare('insert into thing values (?, ?)')
for (let number = 0; number < 10_000; number++) insert.run(`thing${number}`, 'x'.repeat(500))
const read = database.prepare('select * from thing where id = ?')
const app = fastify({ logger: false })
app.post<{ Body: { id: string } }>('/api/thing', async (request) => read.get(request.body.id))
await app.listen({ port: 0, host: '127.0.0.1' })
process.once('disconnect', () => void app.close())
process.send!(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`)
