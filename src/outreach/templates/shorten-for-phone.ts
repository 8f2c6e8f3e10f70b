import { type FactKind, fillTemplate, forPhone } from './fact.ts'
import { longestPhoneText, septets, withoutMarks } from './phone-text.ts'

/**
 * How a text for a phone that would be too long is shortened: facts give way in an order, the rest stands on the page.
 */

/** What the place of a message's page takes of a phone's text, in words (see `fullText`). */
const longestPlace = 75

const shortest = 24

/** Which facts give way where a phone's text would take a fourth segment; the rest stands on the page. */
const givesWay: readonly FactKind[] = ['words', 'place', 'person']

/** A reason that ends in a full stop, before the full stop of its sentence. */
const withoutFullStop = (text: string) => text.replace(/(?<![.;,\s])[.;,\s]+$/, '')

export function phoneText(
  wording: string,
  kinds: ReadonlyMap<string, FactKind>,
  facts: ReadonlyMap<string, string>,
): string {
  const short = new Map(
    [...facts].map(([name, text]): [string, string] => [
      name,
      withoutFullStop(forPhone(kinds.get(name) ?? 'code', text)),
    ]),
  )
  const written = () => fillTemplate(withoutMarks(wording), short)
  for (const kind of givesWay)
    for (const [name, text] of short) {
      const over = septets(written()) - (longestPhoneText - longestPlace)
      if (over <= 0 || kinds.get(name) !== kind) continue
      short.set(name, `${text.slice(0, Math.max(shortest, text.length - over - 3)).trimEnd()}...`)
    }
  return written()
}
