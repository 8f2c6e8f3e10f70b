import { parsePhone } from '../names/numbers/phone.ts'

/** A recipient that the caller has determined; only whether a message can arrive there is checked here. */
export type Recipient =
  | { readonly kind: 'email'; readonly address: string }
  | { readonly kind: 'phone'; readonly number: string }
  /** A letter on paper: name and postal address, in one line. */
  | { readonly kind: 'letter'; readonly address: string }
export type RecipientKind = Recipient['kind']

/** The faults of an address that no server need be asked about; disowned: whoever has it said that it is not theirs. */
export const addressFaults = [
  'address-malformed',
  'phone-malformed',
  'phone-landline',
  'address-missing',
  'phone-disowned',
] as const
export type AddressFault = (typeof addressFaults)[number]

export const isAddressFault = (code: string | null | undefined): code is AddressFault =>
  addressFaults.some(fault => fault === code)

export type ParsedRecipient = { readonly kind: RecipientKind; readonly address: string; readonly fault?: AddressFault }

const longestAddress = 254
const longestMailbox = 64

const sign = String.raw`[\p{L}\p{N}]`
const atom = "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+"
const label = String.raw`${sign}(?:[\p{L}\p{N}-]{0,61}${sign})?`
const emailShape = new RegExp(String.raw`^${atom}(?:\.${atom})*@(?:${label}\.)+\p{L}[\p{L}\p{N}-]*$`, 'u')

/**
 * One mailbox and one host with a dot, in letters that go without quoting: what RFC 5321, 4.1.2, calls a dot-string,
 * and marks of any script beside it (RFC 6531). Anything that could carry a second address or a header line is no
 * address.
 */
const isEmail = (text: string) =>
  text.length <= longestAddress && text.lastIndexOf('@') <= longestMailbox && emailShape.test(text)

/**
 * Parses an address; phones are given in E.164. A malformed address is kept as typed, so that an officer sees what is
 * wrong.
 */
export function parseRecipient(to: Recipient): ParsedRecipient {
  if (to.kind === 'email') {
    const address = to.address.trim()
    return {
      kind: 'email',
      address: address.slice(0, 320),
      ...(!isEmail(address) && { fault: 'address-malformed' as const }),
    }
  }
  if (to.kind === 'letter') {
    const address = to.address.replace(/\s+/g, ' ').trim().slice(0, 320)
    return { kind: 'letter', address, ...(address === '' && { fault: 'address-missing' as const }) }
  }
  const phone = parsePhone(to.number)
  if (phone.kind === 'malformed' || phone.kind === 'missing')
    return { kind: 'phone', address: to.number.slice(0, 320), fault: 'phone-malformed' }
  return { kind: 'phone', address: phone.e164, ...(phone.kind === 'landline' && { fault: 'phone-landline' as const }) }
}

/** An e-mail address as it is kept; undefined of what can receive nothing. */
export function asMailbox(text: string): string | undefined {
  const { address, fault } = parseRecipient({ kind: 'email', address: text })
  return fault ? undefined : address
}

/** For screens: enough for its owner to know it by, too little to use. a•••@example.vn, 09•••••123. */
export function maskAddress({ kind, address }: Pick<ParsedRecipient, 'kind' | 'address'>): string {
  if (kind === 'phone') {
    const national = address.replace(/^\+84/, '0')
    return national.length < 8
      ? '•••'
      : `${national.slice(0, 2)}${'•'.repeat(national.length - 5)}${national.slice(-3)}`
  }
  if (kind === 'letter') return '•••'
  const at = address.lastIndexOf('@')
  return at < 1 ? '•••' : `${[...address][0]}•••${address.slice(at)}`
}
