import { isInForceOn, lawTable } from '../../law-table.ts'
import { readLawRows, readOwnDays } from '../../laws.ts'
import { birthday, type Day, yearOf } from '../../platform/day.ts'
import { type LawRows, ruleOn } from '../../platform/law.ts'
import { yearsAhead } from '../../units/law.ts'
import { holidaysMissing, type OwnDay } from '../../units/units.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

/** What an installation goes by: its own rows of law, and its own days. */
type Own = { readonly lawRows: LawRows; readonly ownDays: readonly OwnDay[] }

/** Time limits that are set in December end in the next year; its holidays are announced by then. */
const firstDayForNextYear = '12-01'

/**
 * What the law of the next twelve months lacks: a year without holidays, a rule of which nobody is sure, a row of the
 * installation's own that nobody has compared with its act. Holidays of the next year are announced late in this one,
 * so that they are lacking from December on; before it they are only said to be awaited.
 */
export function lawAhead(today: Day, { lawRows, ownDays }: Own): DoctorCheck {
  const until = birthday(today, ruleOn(yearsAhead, today, { lawRows }))
  const years = [...new Set([yearOf(today), yearOf(until)])]
  const unknown = years.filter(year => holidaysMissing(year, { lawRows }, ownDays) > 0)
  const isExpected = (year: number) => year === yearOf(today) || today.slice(5) >= firstDayForNextYear
  const withoutHolidays = unknown.filter(isExpected)
  const awaited = unknown.filter(year => !isExpected(year))
  const ahead = lawTable({ lawRows }).filter(row => isInForceOn(row, today) || (row.from > today && row.from <= until))
  const unsure = ahead.filter(({ confidence }) => confidence === 'low')
  const ownUnread = ahead.filter(
    ({ by, source, verifiedOn }) => by === 'installation' && source !== 'house' && !verifiedOn,
  )
  const unsureDays = ownDays.filter(({ day, confidence }) => confidence === 'low' && day >= today && day <= until)
  const beginning = ahead.filter(({ from }) => from > today)
  const named = (rows: typeof ahead) => rows.map(({ rule, from }) => (from ? `${rule} of ${from}` : rule)).join(', ')
  const lacks = [
    withoutHolidays.length > 0 ? `no holidays of ${withoutHolidays.join(' and ')}` : '',
    unsure.length > 0 ? `of low confidence: ${named(unsure)}` : '',
    unsureDays.length > 0 ? `days of low confidence: ${unsureDays.map(({ day }) => day).join(', ')}` : '',
    ownUnread.length > 0 ? `of law.csv, compared by nobody: ${named(ownUnread)}` : '',
  ].filter(Boolean)
  const waits = awaited.length > 0 ? `; holidays of ${awaited.join(' and ')} are not announced yet` : ''
  const begins = beginning.length > 0 ? `; begins by ${until}: ${named(beginning)}` : ''
  return {
    what: 'law ahead',
    ok: lacks.length === 0,
    found: `${lacks.join('; ') || `nothing is missing until ${until}`}${waits}${begins}`,
    todo:
      'compare with the acts and bring rows and days in by law import (docs/operations.md, The law): ' +
      'without holidays limits end too early',
    advice: true,
  }
}

export const checkLawAhead = async (house: LookedAtHouse): Promise<DoctorCheck> =>
  lawAhead(house.today(), { lawRows: await readLawRows(house.folder), ownDays: await readOwnDays(house.folder) })
