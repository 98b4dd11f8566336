import { type DestinationStream, type Logger, pino } from 'pino'

/**
 * What is logged of an error: what it is, where it came from and what caused it. Other fields stay out: databases put the
 * row in question there, with all that is secret in it.
 */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const { name, message, stack, cause, code } = error as Error & { code?: unknown }
  return {
    type: name,
    message,
    ...(typeof code === 'string' && { code }),
    stack,
    ...(cause !== undefined && { cause: plainError(cause) }),
  }
}

/** A log of JSON lines from `level` up. */
export const createLog = (level: string, destination: DestinationStream): Logger =>
  pino({ level, serializers: { err: plainError } }, destination)
