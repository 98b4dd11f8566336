import autocannon from 'autocannon'

/** One kind of request, made again and again. */
export interface Target {
  url: string
  /** The body of each request. */
  body: () => string
}

export interface Shot {
  perSecond: number
  /** Milliseconds. */
  p50: number
  p99: number
  failures: number
}

/** Loads a target over so many connections for so many seconds. */
export async function shoot({ url, body }: Target, seconds: number, connections: number): Promise<Shot> {
  const times: number[] = []
  let failures = 0
  const run = autocannon({
    url,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => ({ ...request, body: body() }),
      },
    ],
  })
  run.on('response', (_client, status, _bytes, time) => {
    times.push(time)
    if (status !== 200) failures++
  })
  const result = await run
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  return { perSecond: times.length / result.duration, p50: at(0.5), p99: at(0.99), failures: failures + result.errors }
}
