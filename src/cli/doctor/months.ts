import { asOperator } from '../../open-house.ts'
import { dayAt, dayBefore } from '../../platform/day.ts'
import { monthsLateHours } from '../../platform/months/law.ts'
import { monthStates } from '../../platform/months/months.ts'
import type { Work } from '../../platform/work.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

/** Whether tables that are divided by month have a partition for what is written next, and no row lies in none. */
export async function checkMonthsOf(work: Work): Promise<DoctorCheck> {
  const states = await monthStates(work)
  const lateFrom = work.now.getTime() + monthsLateHours * 3_600_000
  const told = states.map(({ table, madeUntil, waiting }) => {
    const until = madeUntil ? `until ${dayBefore(dayAt(madeUntil))}` : 'not at all'
    return `${table} ${until}${waiting > 0 ? `, ${waiting} rows lie in no month` : ''}`
  })
  return {
    what: 'months',
    ok: states.every(({ madeUntil, waiting }) => madeUntil && madeUntil.getTime() > lateFrom && waiting === 0),
    found: `made ahead: ${told.join('; ')}`,
    todo: 'see that jobs run at night: docs/operations.md, History by month',
    advice: true,
  }
}

export const checkMonths = (house: LookedAtHouse): Promise<DoctorCheck> =>
  house.openWork(asOperator('none'), checkMonthsOf)
