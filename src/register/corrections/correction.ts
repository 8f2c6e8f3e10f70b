import { isPlausibleName } from '../../names/name.ts'
import { type Day, parsePartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { foldName } from '../folded-name.ts'
import { lifeStates, type PersonId } from '../person.ts'
import { parseResidence } from './residence-value.ts'

export type CorrectionId = Id<'correction'>

/** What can be corrected, and how a value of it must look. A value is a text; empty means that it is not known. */
export const correctable = {
  full_name: { needed: true, isRight: text => isPlausibleName(text) },
  birth_date: { needed: true, isRight: text => isBirthDate(text) },
  sex: { needed: true, isRight: text => text === 'M' || text === 'F' },
  life_status: { needed: true, isRight: text => lifeStates.some(state => state === text) },
  birth_registration_code: { needed: false, isRight: text => /^\d{3}$/.test(text) },
  ethnicity: { needed: false, isRight: text => text.length <= 100 },
  religion: { needed: false, isRight: text => text.length <= 100 },
  nationality: { needed: false, isRight: text => text.length <= 100 },
  hometown: { needed: false, isRight: text => text.length <= 300 },
  father_name: { needed: false, isRight: text => isPlausibleName(text) },
  mother_name: { needed: false, isRight: text => isPlausibleName(text) },
  residence_permanent: { needed: true, isRight: text => isResidence(text) },
  residence_temporary: { needed: true, isRight: text => isResidence(text) },
  residence_current: { needed: true, isRight: text => isResidence(text) },
} as const satisfies Record<string, { needed: boolean; isRight(text: string): boolean }>

export type CorrectionField = keyof typeof correctable
export const correctionFields = Object.keys(correctable) as CorrectionField[]

/** A day since which it holds, a commune and an address; whether that is a commune is asked of the units. */
function isResidence(text: string): boolean {
  const value = parseResidence(text)
  return value?.from !== undefined && value.address !== ''
}

function isBirthDate(text: string): boolean {
  const day = parsePartialDay(text)
  return day !== undefined && day.y >= 1850 && day.y <= 2200
}

export type CorrectionState = 'proposed' | 'forwarded' | 'approved' | 'refused' | 'withdrawn'
export const isOpen = (state: CorrectionState) => state === 'proposed' || state === 'forwarded'

export type FieldChange = {
  readonly field: CorrectionField
  readonly old?: string | undefined
  readonly new?: string | undefined
}

export type Correction = {
  readonly id: CorrectionId
  readonly personId: PersonId
  readonly state: CorrectionState
  readonly form: { readonly code: string; readonly version: string }
  readonly evidence: string
  readonly changes: readonly FieldChange[]
  readonly proposedBy: string
  readonly proposedOn: Day
  /** The unit that received the request. */
  readonly unitId: Id<'unit'>
  /** The unit that decides. */
  readonly decidesUnitId: Id<'unit'>
  /** The last day for the decision. */
  readonly dueOn: Day
  readonly decidedBy?: string | undefined
  readonly decidedOn?: Day | undefined
  readonly reason?: string | undefined
}

/** The form code of a roll's proposal, while no officer has seen a paper: it is a question, not a request. */
export const rollFormCode = 'roll'
export const isFromRoll = ({ form }: Pick<Correction, 'form'>) => form.code === rollFormCode

/** How an open correction stands to its time limit; a closed one is not due. */
export type DueStatus = 'overdue' | 'today' | 'later' | 'closed'

export function dueStatusOf({ state, dueOn }: Pick<Correction, 'state' | 'dueOn'>, today: Day): DueStatus {
  if (!isOpen(state)) return 'closed'
  if (dueOn === today) return 'today'
  return dueOn < today ? 'overdue' : 'later'
}

/** The value as the register keeps it: names clean, empty as undefined. */
export function normalizeValue(field: CorrectionField, text: string | undefined): string | undefined {
  const value = text?.normalize('NFC').trim().replaceAll(/\s+/g, ' ')
  if (!value) return undefined
  if (field === 'full_name' || field === 'father_name' || field === 'mother_name') return foldName(value)?.name
  return value
}

export function isValid(field: CorrectionField, value: string | undefined): boolean {
  const rule = correctable[field]
  return value === undefined ? !rule.needed : rule.isRight(value)
}

/**
 * A number contains sex and year of birth: when these change, the citizen may ask for a new number (NĐ70/2024 Art.
 * 11(8)).
 */
export function touchesNumber(changes: readonly FieldChange[]): boolean {
  return changes.some(({ field, old, new: value }) => {
    if (field === 'sex' || field === 'birth_registration_code') return true
    return field === 'birth_date' && old?.slice(0, 4) !== value?.slice(0, 4)
  })
}
