/** A failure that whoever runs the server can mend: its message says how, and is all they need to see. */
export class ExplainedError extends Error {}
