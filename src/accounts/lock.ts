/** Why accounts are locked, and what unlocking each reason requires. Pure. */

/**
 * NĐ59/2022 Art. 19, LCC Art. 34, NĐ69/2024 Art. 10 and 15. A lost device is reported by the holder, and is separate
 * because the device is forgotten with it.
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
 * The gravest of several reasons, which is shown: the one that only the register or an agency can end. In the order of
 * `lockReasons`.
 */
export const gravestReason = (reasons: readonly LockReason[]): LockReason | undefined =>
  lockReasons.find(reason => reasons.includes(reason))

/** Who locks for a reason: an officer at a counter, a granted demand, or the house itself as a consequence. */
type LockedBy = 'desk' | 'demand' | 'house'

/** What must hold before a lock ends: the decision alone, another deed first, or a fact of another register. */
type UnlockCondition = 'decision' | 'agency' | 'card-in-hand' | 'own-phone' | 'alive'

type LockKind = { readonly by: LockedBy; readonly needs: UnlockCondition; readonly source: string }

export const lockKinds: Readonly<Record<LockReason, LockKind>> = {
  holder: { by: 'desk', needs: 'decision', source: 'LCC Art. 34(1)(a), NĐ59/2022 Art. 19' },
  'lost-device': { by: 'desk', needs: 'decision', source: 'the holder asks, LCC Art. 34(1)(a), NĐ59/2022 Art. 19' },
  terms: { by: 'desk', needs: 'decision', source: 'LCC Art. 34(1)(b), NĐ59/2022 Art. 19' },
  'card-revoked': { by: 'house', needs: 'card-in-hand', source: 'LCC Art. 34(1)(c), NĐ59/2022 Art. 19' },
  'card-expired': { by: 'house', needs: 'card-in-hand', source: 'NĐ69/2024 Art. 15' },
  death: { by: 'house', needs: 'alive', source: 'LCC Art. 34(1)(d), NĐ59/2022 Art. 19' },
  agency: { by: 'demand', needs: 'agency', source: 'LCC Art. 34(1)(đ), NĐ59/2022 Art. 19' },
  'phone-owner': { by: 'house', needs: 'own-phone', source: 'NĐ69/2024 Art. 10' },
}

const foldedName = (name: string) => name.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

/** Whether two demands come from the same agency, by the name it wrote. Two demands of the holder count as the same. */
export const isSameAgency = (name: string | null | undefined, otherName: string | null | undefined): boolean =>
  foldedName(name ?? '') === foldedName(otherName ?? '')

/** The reasons for which an officer may lock by hand. */
export const officerReasons = ['holder', 'terms'] as const
export type OfficerReason = (typeof officerReasons)[number]
