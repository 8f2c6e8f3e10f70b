import type { Sex } from '../names/numbers/numbers.ts'
import type { Day, PartialDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'

export type PersonId = Id<'person'>

export const lifeStates = ['alive', 'dead', 'missing'] as const
export type LifeStatus = (typeof lifeStates)[number]
export type ResidenceKind = 'permanent' | 'temporary' | 'current'
export type KinRelation = 'father' | 'mother' | 'guardian' | 'spouse'

/** What a list shows of a person. `number` is the one in force. */
export type PersonSummary = {
  readonly id: PersonId
  readonly number?: string | undefined
  readonly fullName: string
  readonly birthDate: PartialDay
  readonly sex: Sex
  readonly lifeStatus: LifeStatus
  readonly permanentUnitId?: Id<'unit'> | undefined
}

export type NumberHeld = {
  readonly number: string
  readonly state: 'in-force' | 'cancelled'
  readonly from?: Day | undefined
  readonly to?: Day | undefined
  readonly supersededBy?: string | undefined
  readonly reason?: string | undefined
}

/** In force where `to` is absent. */
export type Residence = {
  readonly id: Id<'residence'>
  readonly kind: ResidenceKind
  readonly unitId: Id<'unit'>
  readonly address?: string | undefined
  readonly from?: Day | undefined
  readonly to?: Day | undefined
}

export type Kin = {
  readonly relation: KinRelation
  readonly personId?: PersonId | undefined
  readonly name?: string | undefined
  readonly number?: string | undefined
  readonly birthYear?: number | undefined
}

export type Household = {
  readonly id: Id<'household'>
  readonly number: string
  readonly relation?: string | undefined
  readonly members: readonly {
    readonly personId: PersonId
    readonly fullName: string
    readonly relation?: string | undefined
  }[]
}

/** A change of one value: old and new, why, when and by whom. */
export type PersonChange = {
  readonly field: string
  readonly old?: string | undefined
  readonly new?: string | undefined
  readonly why: string
  readonly at: Date
  readonly day: Day
  readonly by: { readonly kind: string; readonly id: string }
  readonly deed: string
}

export type Person = PersonSummary & {
  readonly birthRegistrationCode?: string | undefined
  readonly ethnicity?: string | undefined
  readonly religion?: string | undefined
  readonly nationality?: string | undefined
  readonly hometown?: string | undefined
  readonly origin: 'imported' | 'established'
  readonly changedAt: Date
  /** The one in force first. */
  readonly numbers: readonly NumberHeld[]
  readonly oldNumbers: readonly string[]
  readonly residences: readonly Residence[]
  readonly household?: Household | undefined
  readonly kin: readonly Kin[]
  readonly children: readonly {
    readonly personId: PersonId
    readonly fullName: string
    readonly birthDate: PartialDay
  }[]
  readonly phones: readonly string[]
  /** The latest first. */
  readonly history: readonly PersonChange[]
}
