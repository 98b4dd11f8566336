/** How long a token may live, as the forms send it in `expires`. */
export const expiries = ['never', '1d', '30d', '90d', '1y'] as const

export type Expiry = (typeof expiries)[number]

export const isExpiry = (value: unknown): value is Expiry => expiries.includes(value as Expiry)

const day = 86_400_000

const lengths: Readonly<Record<Exclude<Expiry, 'never'>, number>> = {
  '1d': day,
  '30d': 30 * day,
  '90d': 90 * day,
  '1y': 365 * day,
}

/** The moment a token ends when it is made at `now` (both in milliseconds since 1970); null when it does not end. */
export const endOf = (expires: Expiry, now: number): number | null =>
  expires === 'never' ? null : now + lengths[expires]
