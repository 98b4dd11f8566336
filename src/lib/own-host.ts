/** Whether a host stands for the server at an origin: a dot does, and its own name in any case. */
export const isOwnHost = (origin: string, host: string): boolean =>
  host === '.' || host.toLowerCase() === new URL(origin).host
