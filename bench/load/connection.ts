import { connect, type Socket } from 'node:net'

const HEAD_END = Buffer.from('\r\n\r\n')

/**
 * One connection that makes one request at a time and reads no more of an answer than it must: the load must cost less
 * than what it measures, and HTTP clients cost as much as a server. Answers must say how long they are.
 */
export class Connection {
  readonly #socket: Socket
  readonly #head: string
  #received: Buffer = Buffer.alloc(0)
  #waiting: PromiseWithResolvers<number> | null = null

  constructor(url: string) {
    const { hostname, port, host, pathname } = new URL(url)
    this.#socket = connect({ host: hostname, port: Number(port || 80), noDelay: true })
    this.#head = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: `
    this.#socket.on('data', (data: Buffer) => this.#read(data))
    this.#socket.on('error', (error) => this.#waiting?.reject(error))
    this.#socket.on('close', () => this.#waiting?.reject(new Error('The server closed the connection')))
  }

  /** Posts a body; resolves to the status of the answer once all of it has come. */
  post(body: string): Promise<number> {
    this.#waiting = Promise.withResolvers()
    this.#socket.write(`${this.#head}${Buffer.byteLength(body)}\r\n\r\n${body}`)
    return this.#waiting.promise
  }

  #read(data: Buffer): void {
    this.#received = this.#received.length === 0 ? data : Buffer.concat([this.#received, data])
    const end = this.#received.indexOf(HEAD_END)
    if (end === -1) return
    const head = this.#received.toString('latin1', 0, end)
    const status = Number(head.slice(9, 12))
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? (status === 204 ? 0 : Number.NaN))
    if (Number.isNaN(length)) this.#waiting?.reject(new Error('An answer does not say how long it is'))
    if (this.#received.length < end + HEAD_END.length + length) return
    this.#received = Buffer.alloc(0)
    this.#waiting?.resolve(status)
  }

  close(): void {
    this.#waiting = null
    this.#socket.destroy()
  }
}
