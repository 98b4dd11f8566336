import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'

/** One line on what was measured on, for numbers mean nothing without it. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  const load = loadavg()[0]!.toFixed(1)
  const system = `${type()} ${release()} ${process.arch}`
  return `${availableParallelism()} × ${model}, ${memory}, ${system}, Node ${process.version}, load ${load}`
}
