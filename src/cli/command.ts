export type Environment = Record<string, string | undefined>

/** A command: what follows its name, and the environment; resolves to the exit code. */
export type Command = (args: string[], environment: Environment) => Promise<number>
