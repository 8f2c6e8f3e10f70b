import { hostileTexts, hostileValues } from './hostile.ts'
import { mutated } from './mutate.ts'
import type { Random } from './random.ts'

/** A place within a value, to be replaced, dropped or added to. */
export function bent(value: unknown, random: Random): unknown {
  const isInside = typeof value === 'object' && value !== null && !random.once(4)
  if (!isInside) return random.once(2) ? random.pick(hostileTexts) : random.pick(hostileValues)
  if (Array.isArray(value)) {
    if (value.length === 0 || random.once(6)) return [...value, random.pick(hostileValues)]
    const at = random.below(value.length)
    return value.map((item, place) => (place === at ? bent(item, random) : item))
  }
  const entries = Object.entries(value)
  if (entries.length === 0 || random.once(6))
    return { ...value, [random.pick(hostileTexts)]: random.pick(hostileValues) }
  const at = random.below(entries.length)
  if (random.once(8)) return Object.fromEntries(entries.filter((_, place) => place !== at))
  return Object.fromEntries(entries.map(([name, item], place) => [name, place === at ? bent(item, random) : item]))
}

/** Some members of an object as they may be overridden: another value, or none. */
export function bentMembers(names: readonly string[], random: Random): Record<string, unknown> {
  const other = () =>
    random.pick([() => undefined, () => random.pick(hostileTexts), () => random.pick(hostileValues)])()
  return Object.fromEntries(
    Array.from({ length: 1 + random.below(2) }, () => [
      random.once(5) ? random.pick(hostileTexts) || 'x' : random.pick(names),
      other(),
    ]),
  )
}

/** A form with a field that is another, missing, or there twice. */
export function bentForm(
  form: Readonly<Record<string, string | readonly string[] | undefined>>,
  names: readonly string[],
  random: Random,
): Record<string, string | readonly string[] | undefined> {
  const name = random.once(3) ? random.pick(names) : random.pick(Object.keys(form))
  const was = form[name]
  const value = random.pick<() => string | readonly string[] | undefined>([
    () => undefined,
    () => random.pick(hostileTexts).toWellFormed(),
    () => [String(was ?? ''), random.pick(hostileTexts).toWellFormed()],
    () => bentText(String(was ?? 'x'), random),
    () =>
      JSON.stringify(bent({ userinfo: { sub: null }, id_token: { acr: { essential: true, values: [1] } } }, random)),
  ])()
  return { ...form, [name]: value }
}

export const bentText = (text: string, random: Random): string =>
  mutated([Buffer.from(text)], random)
    .toString('utf8')
    .toWellFormed()
