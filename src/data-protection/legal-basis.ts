import type { Day } from '../platform/day.ts'
import { type Asking, type LawRow, rowOn } from '../platform/law.ts'
import type { Language } from '../platform/pages/html.ts'
import { citedIn } from '../platform/pages/law-mark.ts'
import { legalBases } from './law.ts'
import { type DataPurpose, isPurpose, type LegalBases, type LegalBasis } from './purpose.ts'
import { sayBasis } from './words-basis.ts'

/**
 * By which law each purpose is pursued. Most of it is the duty of the police, which needs no consent; what a party is
 * shown of somebody is by consent. Pure.
 */

/** What a purpose is, in words. */
export const purposeText = (purpose: DataPurpose, language: Language): string => sayBasis(language)(`for-${purpose}`)

/** The basis of a purpose on a day; undefined of a code that is no purpose with personal data. */
export function legalBasisOf(purpose: string, day: Day, asking: Asking): LegalBasis | undefined {
  return isPurpose(purpose) ? basisRowOn(day, asking).value[purpose] : undefined
}

export const basisRowOn = (day: Day, asking: Asking): LawRow<LegalBases> => rowOn(legalBases, day, asking)

/** The basis in words: the act, then the ground. */
export const basisText = ({ ground, act }: LegalBasis, language: Language): string =>
  [citedIn(act, language), sayBasis(language)(`ground-${ground}`)].filter(Boolean).join('; ')
