/** Why accounts are locked, and what unlocking each needs. Pure. */

/**
 * NĐ59/2022 Art. 19, LCC Art. 34, NĐ69/2024 Art. 10 and 15; a lost device is the holder's own asking, kept apart since
 * the device is forgotten with it.
 */
export const lockReasons = [
  'death',
  'agency',
  'card-revoked',
  'card-expired',
  'phone-owner',
  'terms',
  'lost-device',
  'holder',
] as const
export type LockReason = (typeof lockReasons)[number]

/**
 * Of several reasons the gravest is shown: that which only the register or an agency can end. In the order of
 * `lockReasons`.
 */
export const gravest = (reasons: readonly LockReason[]): LockReason | undefined =>
  lockReasons.find(reason => reasons.includes(reason))

/**
 * By whom an account is locked for a reason: an officer at a desk, a demand that was granted, or the house by itself,
 * as a consequence.
 */
type LockedBy = 'desk' | 'demand' | 'house'

/** What must be so before a lock ends: nothing but the decision, another deed first, or a fact of another register. */
type Needs = 'decision' | 'agency' | 'card-in-hand' | 'own-phone' | 'alive'

// biome-ignore format: a table of law
export const locks: Readonly<Record<LockReason, { readonly by: LockedBy; readonly needs: Needs; readonly source: string }>> = {
  holder:         { by: 'desk',   needs: 'decision',     source: 'LCC Art. 34(1)(a), NĐ59/2022 Art. 19' },
  'lost-device':  { by: 'desk',   needs: 'decision',     source: 'the holder asks, LCC Art. 34(1)(a), NĐ59/2022 Art. 19' },
  terms:          { by: 'desk',   needs: 'decision',     source: 'LCC Art. 34(1)(b), NĐ59/2022 Art. 19' },
  'card-revoked': { by: 'house',  needs: 'card-in-hand', source: 'LCC Art. 34(1)(c), NĐ59/2022 Art. 19' },
  'card-expired': { by: 'house',  needs: 'card-in-hand', source: 'NĐ69/2024 Art. 15' },
  death:          { by: 'house',  needs: 'alive',        source: 'LCC Art. 34(1)(d), NĐ59/2022 Art. 19' },
  agency:         { by: 'demand', needs: 'agency',       source: 'LCC Art. 34(1)(đ), NĐ59/2022 Art. 19' },
  'phone-owner':  { by: 'house',  needs: 'own-phone',    source: 'NĐ69/2024 Art. 10' },
}

const folded = (name: string) => name.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

/** Whether one agency asks as another did, by the name that it wrote; two holders' demands are one asker's. */
export const isSameAsker = (one: string | null | undefined, other: string | null | undefined): boolean =>
  folded(one ?? '') === folded(other ?? '')

/** What an officer may lock for by hand. */
export const deskReasons = ['holder', 'terms'] as const
export type DeskReason = (typeof deskReasons)[number]

/** What of an account a caller can tell, who has lost their device and stands before nobody. */
export const knownThings = ['birth-date', 'phone', 'card-issued-on'] as const
export type KnownThing = (typeof knownThings)[number]

/** The birth date alone is on every class list; one thing more must fit, and nothing may be wrong. */
export const isKnownEnough = (right: readonly KnownThing[], wrong: readonly KnownThing[]): boolean =>
  wrong.length === 0 && right.includes('birth-date') && right.length >= 2
