import type { Sex } from '../../names/numbers/numbers.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { PersonId, ResidenceKind } from '../person.ts'

export type CollectionId = Id<'collection'>

/** The data of form DC01, of a person who is not in the register. */
export type CollectedPerson = {
  readonly fullName: string
  /** 'YYYY-MM-DD', 'YYYY-MM' or 'YYYY'. */
  readonly birthDate: string
  readonly sex: Sex
  /** The first three digits of a number: the province or country where the birth was registered. */
  readonly birthRegistrationCode: string
  readonly ethnicity?: string | undefined
  readonly religion?: string | undefined
  readonly nationality?: string | undefined
  readonly hometown?: string | undefined
  readonly residenceUnitId: Id<'unit'>
  readonly residenceKind: ResidenceKind
  readonly residenceAddress?: string | undefined
  readonly fatherName?: string | undefined
  readonly fatherNumber?: string | undefined
  readonly motherName?: string | undefined
  readonly motherNumber?: string | undefined
}

export type CollectionState = 'collected' | 'established' | 'refused'

export type Collection = {
  readonly id: CollectionId
  /** Who it will be, or is. */
  readonly personId: PersonId
  /** A request to enter a person who is not in the register, or to replace a person's number. */
  readonly kind: 'new-person' | 'new-number'
  readonly state: CollectionState
  readonly form: { readonly code: string; readonly version: string }
  /** Of a new person only. */
  readonly given?: CollectedPerson | undefined
  readonly papers: string
  readonly unitId: Id<'unit'>
  readonly collectedBy: string
  readonly collectedOn: Day
  readonly decidedBy?: string | undefined
  readonly decidedOn?: Day | undefined
  /** Who checked it and handed it up to the national centre, which has it to decide since then. */
  readonly handedUpBy?: string | undefined
  readonly handedUpAt?: Date | undefined
  /** Why the centre gave it back to whoever collected it. */
  readonly returned?: { readonly on: Day; readonly code: string; readonly note: string } | undefined
  /** Why it was refused; or, of a new number, why the old one is to be cancelled. */
  readonly reason?: string | undefined
}
