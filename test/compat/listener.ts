import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An application's own web server, on another origin: it is where people come back to. */
export interface AppListener extends AsyncDisposable {
  origin: string
  /** The next address anyone comes to under a path, as it arrived. */
  visited(path: string): Promise<URL>
}

/** @param front what its front page says, which is where it tells servers who it is */
export async function appListener(front = ''): Promise<AppListener> {
  const waiting = new Map<string, (url: URL) => void>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    response.setHeader('content-type', 'text/html')
    // What real apps do: take what they were sent, then lead on to a page of theirs.
    if (url.pathname === '/callback') response.writeHead(302, { location: '/welcome' })
    response.end(`<title>The app</title>${url.pathname === '/' ? front : '<h1>Welcome back</h1>'}`)
    waiting.get(url.pathname)?.(url)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    visited: (path) => new Promise((resolve) => waiting.set(path, resolve)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
