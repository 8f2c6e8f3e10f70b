/** What a party may ask to see, by the scopes of docs/interfaces.md. Pure. */

export const scopes = ['profile', 'number', 'birthdate', 'residence', 'phone', 'verification'] as const
export type Scope = (typeof scopes)[number]

export type ScopeKind = {
  /** Claims that it opens (OpenID Connect Core 1.0, 5.1; ours where there is no standard one). */
  readonly claims: readonly string[]
  /** Only with a legal basis of the party: its text and article. */
  readonly needsBasis: boolean
  /** What a person lets happen, or what the party asks of the house by itself, with nobody signed in. */
  readonly by: 'person' | 'party'
}

/** `openid` is always there and needs no purpose: by it a party has nothing but its own pairwise `sub`. */
export const scopeKinds: Readonly<Record<Scope, ScopeKind>> = {
  profile: { claims: ['name', 'gender'], needsBasis: false, by: 'person' },
  number: { claims: ['person_number'], needsBasis: true, by: 'person' },
  birthdate: { claims: ['birthdate'], needsBasis: false, by: 'person' },
  residence: { claims: ['residence'], needsBasis: true, by: 'person' },
  phone: { claims: ['phone_number'], needsBasis: false, by: 'person' },
  verification: { claims: [], needsBasis: true, by: 'party' },
}

export const isScope = (text: string): text is Scope => scopes.some(scope => scope === text)
