/** The first of some signs that stands in a text: each program and system also calls itself what those behind it do. */
const firstIn = (text: string, signs: readonly (readonly [sign: string, called: string])[]): string =>
  signs.find(([sign]) => text.includes(sign))?.[1] ?? ''

const programs = [
  ['Edg', 'Edge'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['CriOS', 'Chrome'],
  ['Safari', 'Safari'],
] as const
const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'Mac'],
  ['Linux', 'Linux'],
] as const

/** What a browser calls itself, as its owner knows it: program and system. */
export const browserText = (agent: string): string =>
  [firstIn(agent, programs), firstIn(agent, systems)].filter(Boolean).join(', ') || agent.slice(0, 60)
