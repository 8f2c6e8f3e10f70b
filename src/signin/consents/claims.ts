import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as parties from '../../parties/parties.ts'
import type { PartialDay } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import type { Subject } from '../artifact.ts'

/** The claims that a scope opens (interfaces.md). */
export const claimsOfScope = {
  openid: ['sub', 'acr', 'amr', 'auth_time', 'account_level', 'auth_strength', 'act'],
  profile: ['name', 'gender'],
  number: ['person_number'],
  birthdate: ['birthdate'],
  residence: ['residence'],
  phone: ['phone_number'],
} as const
export type Scope = keyof typeof claimsOfScope

/** Scopes that require a legal basis of the party (interfaces.md). */
export const needLegalBasis: readonly Scope[] = ['number', 'residence']

/** Claims about the sign-in itself, for which no consent is asked. */
export const isOfEverybody = (claim: string): boolean => claimsOfScope.openid.some(one => one === claim)

export type PersonClaim = parties.PersonClaim
export const personClaims: readonly PersonClaim[] = parties.personScopes.flatMap(scope => [
  ...parties.scopeKinds[scope].claims,
])

/** ISO 8601-1: a year, a month or a day (OpenID Connect Core 5.1 allows a year alone as YYYY). */
const written = ({ y, m, d }: PartialDay) =>
  [String(y).padStart(4, '0'), m && String(m).padStart(2, '0'), m && d && String(d).padStart(2, '0')]
    .filter(Boolean)
    .join('-')

/** OpenID Connect Core 5.1.1 `formatted`, and the present code of the commune. */
export type ResidenceClaim = { readonly formatted: string; readonly unit_code: string }

async function residenceOf(work: Work, id: register.PersonId): Promise<ResidenceClaim | undefined> {
  const residence = await register.permanentResidenceOf(work, id)
  if (!residence) return undefined
  const path = await units.pathOf(work, residence.unitId, work.today)
  return {
    formatted: [residence.address, ...path.map(({ name }) => name)].filter(Boolean).join(', '),
    unit_code: path[0]?.code ?? '',
  }
}

export type PersonClaims = Partial<Record<PersonClaim, unknown>>

/** The person whom a subject's claims describe. */
export const aboutWhom = ({ personId, childId }: Subject): register.PersonId => childId ?? personId

/** The requested claims that describe a person. */
export const askedOf = (wanted: ReadonlySet<string>): PersonClaim[] => personClaims.filter(claim => wanted.has(claim))

/**
 * The values of some claims about a person, or the child they act for; absent if the register has none. The caller
 * records the reading.
 */
export async function readValues(
  work: Work,
  subject: Subject,
  wanted: ReadonlySet<string>,
  person: register.PersonSummary,
): Promise<PersonClaims> {
  const residence = wanted.has('residence') ? await residenceOf(work, aboutWhom(subject)) : undefined
  // A child has no phone of their own; it is the parent's (NĐ59/2022 Art. 11).
  const phone = wanted.has('phone_number') ? await accounts.phoneOf(work, subject.personId) : undefined
  const all: Record<PersonClaim, unknown> = {
    name: person.fullName,
    birthdate: written(person.birthDate),
    gender: person.sex === 'M' ? 'male' : 'female',
    person_number: person.number,
    residence,
    phone_number: phone,
  }
  return Object.fromEntries(askedOf(wanted).flatMap(claim => (all[claim] === undefined ? [] : [[claim, all[claim]]])))
}

/** Reads the values and records the reading. */
export async function valuesOf(work: Work, subject: Subject, wanted: ReadonlySet<string>): Promise<PersonClaims> {
  if (askedOf(wanted).length === 0) return {}
  const values = await readValues(work, subject, wanted, await register.getSummary(work, aboutWhom(subject)))
  await audit.noteReading(work, [aboutWhom(subject)], askedOf(wanted))
  return values
}
