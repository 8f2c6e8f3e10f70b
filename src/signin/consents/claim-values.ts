import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as parties from '../../parties/parties.ts'
import type { PartialDay } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import type { SignInSubject } from '../artifact.ts'

/** How the value of each claim is read. Which claims a scope gives stands in parties/scope-claims.ts. */

/** Said of the sign-in itself, of everybody: nobody is asked for them. */
const ofSignIn: readonly string[] = ['sub', 'acr', 'amr', 'auth_time', 'account_level', 'auth_strength', 'act']
export const isPublicClaim = (claim: string): boolean => ofSignIn.includes(claim)

export type ClaimScope = 'openid' | parties.PersonScope
export const scopes: readonly ClaimScope[] = ['openid', ...parties.personScopes]
export const isScope = (text: string): text is ClaimScope => text === 'openid' || parties.isPersonScope(text)

/** Which claims a scope opens. */
export const claimsOf = (scope: ClaimScope): readonly string[] =>
  scope === 'openid' ? ofSignIn : parties.scopeRules[scope].claims

/** The claims that some scopes open together. */
export const openedBy = (granted: readonly ClaimScope[]): ReadonlySet<string> => new Set(granted.flatMap(claimsOf))

/** Whether a party may be told what a scope opens: of some only with a basis in law for it. */
export const isOpenTo = (scope: ClaimScope, hasBasis: boolean): boolean =>
  scope === 'openid' || parties.isOpenTo(scope, hasBasis)

export const personClaims: readonly parties.PersonClaim[] = parties.personScopes.flatMap(scope => [
  ...parties.scopeRules[scope].claims,
])

/** ISO 8601-1: a year, a month or a day (OpenID Connect Core 5.1 takes a year alone as YYYY). */
const birthDateText = ({ y, m, d }: PartialDay) =>
  [String(y).padStart(4, '0'), m && String(m).padStart(2, '0'), m && d && String(d).padStart(2, '0')]
    .filter(Boolean)
    .join('-')

/** OpenID Connect Core 5.1.1 `formatted`, and the code of the commune as it is today. */
export type ResidenceClaim = { readonly formatted: string; readonly unit_code: string }

async function findResidence(work: Work, id: register.PersonId): Promise<ResidenceClaim | undefined> {
  const residence = await register.permanentResidenceOf(work, id)
  if (!residence) return undefined
  const path = await units.unitPath(work, residence.unitId, work.today)
  return {
    formatted: [residence.address, ...path.map(({ name }) => name)].filter(Boolean).join(', '),
    unit_code: path[0]?.code ?? '',
  }
}

export type PersonClaims = Partial<Record<parties.PersonClaim, unknown>>

/** Whom claims of a subject are about. */
export const subjectPersonId = ({ personId, childId }: SignInSubject): register.PersonId => childId ?? personId

/** Those of some claims that are of a person. */
export const requestedPersonClaims = (wanted: ReadonlySet<string>): parties.PersonClaim[] =>
  personClaims.filter(claim => wanted.has(claim))

/**
 * The values of some claims about a person, or the child that they act for; absent where the register has none. The
 * caller notes the reading.
 */
export async function readClaimValues(
  work: Work,
  subject: SignInSubject,
  wanted: ReadonlySet<string>,
  person: register.PersonSummary,
): Promise<PersonClaims> {
  const residence = wanted.has('residence') ? await findResidence(work, subjectPersonId(subject)) : undefined
  // A child has no phone of their own here: it is the parent's (NĐ59/2022 Art. 11).
  const phone = wanted.has('phone_number') ? await accounts.findPhone(work, subject.personId) : undefined
  const all: Record<parties.PersonClaim, unknown> = {
    name: person.fullName,
    birthdate: birthDateText(person.birthDate),
    gender: person.sex === 'M' ? 'male' : 'female',
    person_number: person.number,
    residence,
    phone_number: phone,
  }
  return Object.fromEntries(
    requestedPersonClaims(wanted).flatMap(claim => (all[claim] === undefined ? [] : [[claim, all[claim]]])),
  )
}

/** Reads them, and notes it. */
export async function getClaimValues(
  work: Work,
  subject: SignInSubject,
  wanted: ReadonlySet<string>,
): Promise<PersonClaims> {
  if (requestedPersonClaims(wanted).length === 0) return {}
  const values = await readClaimValues(work, subject, wanted, await register.getSummary(work, subjectPersonId(subject)))
  await audit.noteReading(work, [subjectPersonId(subject)], requestedPersonClaims(wanted))
  return values
}
