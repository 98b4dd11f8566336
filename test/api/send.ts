import { Agent, type IncomingHttpHeaders, request } from 'node:http'

export interface Sent {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
}

export interface Received {
  status: number
  headers: IncomingHttpHeaders
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  body: any
  milliseconds: number
}

/** One set of connections, kept open between requests. */
export const connections = (): Agent & Disposable => {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  return Object.assign(agent, { [Symbol.dispose]: () => agent.destroy() })
}

/** Sends exactly this, headers included that `fetch` sets or forbids, and reads whatever comes. */
export function send(agent: Agent, origin: string, path: string, sent: Sent = {}): Promise<Received> {
  const { method = 'POST', headers = {}, body } = sent
  const begun = performance.now()
  return new Promise((resolve, reject) => {
    const isCounted = !('transfer-encoding' in headers) && (method === 'POST' || body !== undefined)
    const length = isCounted ? { 'content-length': Buffer.byteLength(body ?? '') } : {}
    const { hostname, port } = new URL(origin)
    const call = request({ agent, hostname, port, path, method, headers: { ...length, ...headers } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const isJson = response.headers['content-type']?.includes('json') && text !== ''
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          body: isJson ? JSON.parse(text) : null,
          milliseconds: performance.now() - begun,
        })
      })
    })
    call.on('error', reject)
    call.end(body)
  })
}

/** Posts JSON, or text that claims to be it. */
export const post = (agent: Agent, origin: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
  send(agent, origin, `/api/${path}`, {
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
