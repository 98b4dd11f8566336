import { hash, verify } from '@node-rs/argon2'

/** `Algorithm.Argon2id`, which the package declares as a const enum. */
const ARGON2ID = 2

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const COST = { algorithm: ARGON2ID, memoryCost: 19456, timeCost: 2, parallelism: 1 }

/** Hashes a password with argon2id, in a thread of the pool. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), COST)

/** Whether the password is the one hashed. A hash that cannot be read matches nothing. */
export const verifyPassword = (hashed: string, password: string): Promise<boolean> =>
  verify(hashed, password.normalize('NFKC')).catch(() => false)
