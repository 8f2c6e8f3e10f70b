import { asOperator, type House } from '../../open-house.ts'
import { type Day, yearOf } from '../../platform/day.ts'
import type { Asking } from '../../platform/law.ts'
import * as units from '../../units/units.ts'
import type { DoctorCheck } from './check.ts'

/** Time limits that are set in December end in the next year; its holidays are announced by then. */
const firstDayForNextYear = '12-01'

/** Whether the holidays of the year, and in December those of the next, are known. */
export function checkHolidaysOn(today: Day, work: Asking): DoctorCheck {
  const year = yearOf(today)
  const years = today.slice(5) >= firstDayForNextYear ? [year, year + 1] : [year]
  const lacking = years.filter(one => units.holidaysMissing(one, work) > 0)
  return {
    what: 'holidays',
    ok: lacking.length === 0,
    found: lacking.length === 0 ? `known for ${years.join(' and ')}` : `not known for ${lacking.join(' and ')}`,
    todo: 'add the days that were announced to db/reference/holidays.csv: time limits end too early until then',
    advice: true,
  }
}

export const checkHolidays = (house: House): Promise<DoctorCheck> =>
  house.openWork(asOperator('none'), async work => checkHolidaysOn(work.today, work))
