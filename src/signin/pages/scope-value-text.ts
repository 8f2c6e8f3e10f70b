import type { Language } from '../../platform/pages/html.ts'
import { dayIn } from '../../platform/terms/numbers-and-days.ts'
import type { ClaimScope, PersonClaims, ResidenceClaim } from '../consents/claim-values.ts'
import { signInText } from '../words.ts'

/** Values as a person reads them before the consent. */

export const titleOf = (scope: ClaimScope, language: Language): string => signInText(language)(`scope-${scope}`)

/** A claim's day as a language writes it; a partial date stays partial. */
export const dayText = (iso: unknown, language: Language): string => dayIn(String(iso ?? ''), language)

const groupedDigits = (number: string) => number.replace(/^(\d{3})(\d)(\d{2})(\d{6})$/, '$1 $2 $3 $4')

/** The value that the party would get. Of a phone only the last digits, because others may look at the screen. */
export function scopeValueText(scope: ClaimScope, values: PersonClaims, language: Language): string {
  const words = signInText(language)
  const or = (text: unknown) => (text === undefined || text === '' ? words('unknown') : String(text))
  if (scope === 'profile')
    return [or(values.name), values.gender === 'female' ? words('female') : words('male')].join(', ')
  if (scope === 'number')
    return values.person_number === undefined ? words('unknown') : groupedDigits(String(values.person_number))
  if (scope === 'birthdate') return or(dayText(values.birthdate, language))
  if (scope === 'residence') return or((values.residence as ResidenceClaim | undefined)?.formatted)
  if (scope === 'phone')
    return values.phone_number === undefined
      ? words('unknown')
      : `${words('phone-ends')} ${String(values.phone_number).slice(-3)}`
  return ''
}
