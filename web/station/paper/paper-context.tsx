import type { Day } from '../../../src/platform/day.ts'
import { dayText } from '../../parts/formats.ts'
import type { PersonHere } from '../draft/draft.ts'
import { PersonNumber } from '../parts/number.tsx'
import { useSay } from '../words/language.tsx'
import type { Line } from './sheet.tsx'

/** Where a paper of a visit was made and for whom: what all of them show. */

export type PaperContext = {
  readonly unit: string
  readonly place: string
  readonly officer: string
  readonly day: Day
  readonly at: Date
  /** The house's own address. */
  readonly origin: string
}

export function usePersonLines({ fullName, birthDate, number, sex }: PersonHere): Line[] {
  const say = useSay()
  return [
    [say('field-full-name'), <strong key="name">{fullName}</strong>],
    [say('field-birth-date'), dayText(birthDate)],
    [say('field-sex'), say(sex === 'M' ? 'male' : 'female')],
    [say('field-number'), number ? <PersonNumber key="number" number={number} /> : say('number-none')],
  ]
}
