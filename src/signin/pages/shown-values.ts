import type { Language } from '../../platform/pages/html.ts'
import type { PersonClaims, ResidenceClaim, Scope } from '../consents/claims.ts'
import { say } from '../words.ts'

/** Values as a person reads them before the consent. */

export const titleOf = (scope: Scope, language: Language): string => say(language)(`scope-${scope}`)

/** YYYY-MM-DD as dd/MM/yyyy; a partial date stays partial. */
export const dayShown = (iso: unknown): string =>
  String(iso ?? '')
    .split('-')
    .reverse()
    .join('/')

const grouped = (number: string) => number.replace(/^(\d{3})(\d)(\d{2})(\d{6})$/, '$1 $2 $3 $4')

/** The value that the party would get. Of a phone only the last digits, because others may look at the screen. */
export function shownValue(scope: Scope, values: PersonClaims, language: Language): string {
  const words = say(language)
  const or = (text: unknown) => (text === undefined || text === '' ? words('unknown') : String(text))
  if (scope === 'profile')
    return [or(values.name), values.gender === 'female' ? words('female') : words('male')].join(', ')
  if (scope === 'number')
    return values.person_number === undefined ? words('unknown') : grouped(String(values.person_number))
  if (scope === 'birthdate') return or(dayShown(values.birthdate))
  if (scope === 'residence') return or((values.residence as ResidenceClaim | undefined)?.formatted)
  if (scope === 'phone')
    return values.phone_number === undefined
      ? words('unknown')
      : `${words('phone-ends')} ${String(values.phone_number).slice(-3)}`
  return ''
}
