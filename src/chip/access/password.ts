import { checkDigit } from '../inspecting/zone-check.ts'
import { digestOf } from '../keys/signature.ts'

/** What opens a chip: what its zone says, or the access number that is printed on a card (ICAO 9303-11, 4.4.4.1). */
export type ChipPassword =
  | { readonly kind: 'zone'; readonly documentNumber: string; readonly birthDate: string; readonly expiresOn: string }
  | { readonly kind: 'access-number'; readonly number: string }

const zoneDate = /^\d{6}$/
const documentNumbers = /^[A-Z0-9<]{1,22}$/

/** Why something is no password; dates are YYMMDD, as in the zone. */
export function passwordFault(password: ChipPassword): string | undefined {
  if (password.kind === 'access-number')
    return /^\d{6,16}$/.test(password.number) ? undefined : 'an access number has six digits or more'
  if (!documentNumbers.test(password.documentNumber)) return 'a document number has capital letters and digits'
  return [password.birthDate, password.expiresOn].every(date => zoneDate.test(date))
    ? undefined
    : 'a birth date and a last day have six digits, YYMMDD'
}

/** The parts of the zone that open a chip, each with its check digit (ICAO 9303-11, section 9.7.2 and appendix D.2). */
export function zoneText(password: Extract<ChipPassword, { kind: 'zone' }>): string {
  const number = password.documentNumber.padEnd(9, '<')
  return [number, password.birthDate, password.expiresOn].map(part => part + checkDigit(part)).join('')
}

/** What keys are derived from: 20 bytes of the zone, or the digits of the access number. */
export const passwordSecret = (password: ChipPassword): Uint8Array =>
  password.kind === 'zone'
    ? digestOf('sha1', Buffer.from(zoneText(password), 'latin1'))
    : Buffer.from(password.number, 'latin1')
