import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, type Server as TcpServer } from 'node:net'
import { createEgress, type Egress, type EgressOptions } from '../../src/lib/egress.ts'

/** Self-signed for `pinned.example`, valid until 2120. It guards nothing. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBcDCCARagAwIBAgIBATAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5waW5uZWQu
ZXhhbXBsZTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowGTEXMBUG
A1UEAwwOcGlubmVkLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARN
s5vmsduT8x6+J3L/DfP5fZpAOaf9I2c9WmVK+nKr4kCNzPxT3o4rVJW2BVqvScVe
rLxUfZ1KRLpAWo2bYE5Ro00wSzAZBgNVHREEEjAQgg5waW5uZWQuZXhhbXBsZTAP
BgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBStXBGjMN8CpKXe2lRbqGpzSqOYeDAK
BggqhkjOPQQDAgNIADBFAiEA2PINE+MG5r4agE3t/UZeqTgq/mRj3mZeNt4pLWMT
KuICIByUafj/rymal7ggPDwJz41m9+Sz192O2pfR096s2AFM
-----END CERTIFICATE-----`
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgfx2Vz3iz12a914aU
Q+ShK0G5ac9z2yHj5heN5RpKCCWhRANCAARNs5vmsduT8x6+J3L/DfP5fZpAOaf9
I2c9WmVK+nKr4kCNzPxT3o4rVJW2BVqvScVerLxUfZ1KRLpAWo2bYE5R
-----END PRIVATE KEY-----`

export interface TestNetwork extends AsyncDisposable {
  egress: Egress
  /** Every address that a connection was begun to, with its port. */
  dialled: string[]
  /** Every name that was resolved. */
  asked: string[]
  /** Puts a server at an address of this network. */
  serve(address: string, listener: RequestListener): Promise<Server>
  serveTls(address: string, listener: RequestListener): Promise<Server>
  /** What the resolver answers for a name: the next list each time, the last one for ever. */
  name(hostname: string, ...answers: string[][]): void
}

/**
 * An internet in one process: names and public addresses are made up, and each address leads to a server on loopback.
 * The rules of the client under test are the real ones.
 */
export async function testNetwork(options: Partial<EgressOptions> = {}): Promise<TestNetwork> {
  const ports = new Map<string, number>()
  const names = new Map<string, string[][]>()
  const servers: Server[] = []
  const dialled: string[] = []
  const asked: string[] = []
  const egress = createEgress({
    allowPrivate: false,
    userAgent: 'Mamekey/test',
    async resolve(hostname) {
      asked.push(hostname)
      const answers = names.get(hostname)
      if (!answers?.[0]) throw new Error('no such name')
      return answers.length > 1 ? answers.shift()! : answers[0]
    },
    dial(address, port) {
      dialled.push(`${address} ${port}`)
      return connect({ host: '127.0.0.1', port: ports.get(address) ?? 1 })
    },
    ...options,
  })
  async function place(address: string, server: Server): Promise<Server> {
    ports.set(address, await listen(server))
    servers.push(server)
    return server
  }
  return {
    egress,
    dialled,
    asked,
    serve: (address, listener) => place(address, createServer(listener)),
    serveTls: (address, listener) => place(address, createTlsServer({ cert: certificate, key }, listener)),
    name: (hostname, ...answers) => names.set(hostname, answers),
    async [Symbol.asyncDispose]() {
      egress.close()
      for (const server of servers) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}

/** Listens on a free port of loopback. */
export async function listen(server: TcpServer): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  return (server.address() as AddressInfo).port
}
