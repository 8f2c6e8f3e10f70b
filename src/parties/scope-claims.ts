/**
 * What a party may request: what each scope of docs/interfaces.md gives. How the value of a claim is read stands in
 * signin/consents/claim-values.ts. Pure.
 */

type ScopeRule<Claim extends string = string> = {
  /** The claims that it opens (OpenID Connect Core 1.0, 5.1; ours if there is no standard one). */
  readonly claims: readonly Claim[]
  /** Requires a legal basis of the party: its law and article. */
  readonly needsBasis: boolean
  /** Whether a person allows it, or the party calls without anyone signed in. */
  readonly by: 'person' | 'party'
}

/** `openid` is always included and needs no purpose: it only gives a party its own pairwise `sub`. */
const table = {
  profile: { claims: ['name', 'gender'], needsBasis: false, by: 'person' },
  number: { claims: ['person_number'], needsBasis: true, by: 'person' },
  birthdate: { claims: ['birthdate'], needsBasis: false, by: 'person' },
  residence: { claims: ['residence'], needsBasis: true, by: 'person' },
  phone: { claims: ['phone_number'], needsBasis: false, by: 'person' },
  verification: { claims: [], needsBasis: true, by: 'party' },
} as const satisfies Record<string, ScopeRule>

export type PartyScope = keyof typeof table
/** Scopes that a person grants, and those that a party has by itself. */
export type PersonScope = { [S in PartyScope]: (typeof table)[S]['by'] extends 'person' ? S : never }[PartyScope]
export type PersonClaim = (typeof table)[PartyScope]['claims'][number]

export const scopeRules: Readonly<Record<PartyScope, ScopeRule<PersonClaim>>> = table

export const isPartyScope = (text: string): text is PartyScope => Object.hasOwn(table, text)
export const scopeNames = Object.keys(table).filter(isPartyScope)

export const isPersonScope = (text: string): text is PersonScope => isPartyScope(text) && table[text].by === 'person'
export const personScopes = scopeNames.filter(isPersonScope)
export const partyScopes = scopeNames.filter(scope => !isPersonScope(scope))

/** Whether a party may be told what a scope opens, with a basis in law or without. */
export const isOpenTo = (scope: PartyScope, hasBasis: boolean): boolean => hasBasis || !table[scope].needsBasis
