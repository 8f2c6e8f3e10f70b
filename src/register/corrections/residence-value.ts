import { type Day, parsePartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { ResidenceKind } from '../person.ts'

/** A residence as a correction names it: since which day, in which commune, the address. One text, as other values. */
export type ResidenceValue = {
  /** Absent of an old value of which the day is not known. */
  readonly from?: Day | undefined
  readonly unitId: Id<'unit'>
  readonly address: string
}

export const residenceFields = ['residence_permanent', 'residence_temporary', 'residence_current'] as const
export type ResidenceField = (typeof residenceFields)[number]

export const isResidenceField = (field: string): field is ResidenceField => residenceFields.some(one => one === field)

export const kindOfField: Readonly<Record<ResidenceField, ResidenceKind>> = {
  residence_permanent: 'permanent',
  residence_temporary: 'temporary',
  residence_current: 'current',
}

const shape = /^(-|\d{4}-\d{2}-\d{2}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?: (.{1,200}))?$/u

export function parseResidence(text: string): ResidenceValue | undefined {
  const [, day, unitId, address = ''] = shape.exec(text) ?? []
  if (day === undefined || unitId === undefined) return undefined
  const from = day === '-' ? undefined : parsePartialDay(day)
  if (day !== '-' && from?.d === undefined) return undefined
  return { ...(day !== '-' && { from: day as Day }), unitId: unitId as Id<'unit'>, address }
}

export const formatResidence = ({ from, unitId, address }: ResidenceValue): string =>
  [from ?? '-', unitId, address.trim()].filter(Boolean).join(' ')
