/** The order counts: most browsers name the ones they descend from as well. */
const browsers = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Vivaldi', 'Vivaldi'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
  ['curl', 'curl'],
] as const

const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['CrOS', 'ChromeOS'],
  ['Windows', 'Windows'],
  ['Macintosh', 'Mac'],
  ['Linux', 'Linux'],
] as const

const find = (userAgent: string, names: readonly (readonly [string, string])[]): string | null =>
  names.find(([mark]) => userAgent.includes(mark))?.[1] ?? null

/** Browser and system of a `User-Agent`, as far as a person needs them to recognise a device; null when unknown. */
export const deviceName = (userAgent: string | null): { browser: string | null; system: string | null } => ({
  browser: find(userAgent ?? '', browsers),
  system: find(userAgent ?? '', systems),
})
