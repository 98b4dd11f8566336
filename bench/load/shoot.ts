import { Connection } from './connection.ts'

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

/** Loads a target over so many connections, each with one request at a time, for so many seconds. */
export async function shoot({ url, body }: Target, seconds: number, connections: number): Promise<Shot> {
  const times: number[] = []
  let failures = 0
  const begun = performance.now()
  const end = begun + seconds * 1000
  const load = async () => {
    const connection = new Connection(url)
    while (performance.now() < end) {
      const asked = performance.now()
      if ((await connection.post(body())) !== 200) failures++
      times.push(performance.now() - asked)
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: connections }, load))
  const took = (performance.now() - begun) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  return { perSecond: times.length / took, p50: at(0.5), p99: at(0.99), failures }
}
