import { type Day, slashedDay } from '../day.ts'
import { dayIn } from '../terms/numbers-and-days.ts'

/**
 * The mark of a rehearsal: an installation with a day of its own says so on every page and paper. Of this process: set
 * when a house is opened, from its record.
 */
let rehearsalDay: () => Day | undefined = () => undefined

/** From now on pages and papers ask this for the day of a rehearsal; undefined of a real installation. */
export function setRehearsalMark(asked: () => Day | undefined): void {
  rehearsalDay = asked
}

export const dayOfRehearsal = (): Day | undefined => rehearsalDay()

/** What the strip says, in a language; undefined of a real installation. */
export function rehearsalText(language: 'vi' | 'en'): string | undefined {
  const day = rehearsalDay()
  if (!day) return undefined
  return language === 'vi'
    ? `TẬP DƯỢT · ngày làm việc ${slashedDay(day)} · không có giá trị pháp lý`
    : `REHEARSAL · business day ${dayIn(day, 'en')} · of no legal value`
}
