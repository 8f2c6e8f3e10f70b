import { formatPartialDay } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import { sortDefects } from './find-defects.ts'
import type { RollDefect } from './roll.ts'
import type { RollRow } from './row.ts'

/** What the register says of a person, and a school does not learn: the police look. */
const policeDefects: readonly RollDefect[] = ['deceased', 'number-contradicts-record']

/** The police see their own unit's people; officers of education have schools alone in their scope. */
export const isOfPolice = ({ scope, unitId }: Work): boolean =>
  scope === 'house' || (scope !== 'none' && unitId !== undefined && scope.units.includes(unitId))

/** The defects that the reader of a roll is not told. */
export const withheldDefects = (work: Work): readonly RollDefect[] => (isOfPolice(work) ? [] : policeDefects)

export const shownDefects = (work: Work, defects: readonly RollDefect[]): RollDefect[] => {
  const withheld = withheldDefects(work)
  return sortDefects(defects).filter(defect => !withheld.includes(defect))
}

/** A row as lists and the review show it. A school is not told which person it is. */
export const rowReply = (work: Work, row: RollRow) => ({
  place: row.place,
  sheet: row.sheet,
  row: row.sheetRow,
  ...(row.class && { class: row.class }),
  ...(row.grade && { grade: row.grade }),
  name: row.name,
  ...(row.birth && { birthDate: formatPartialDay(row.birth) }),
  ...(row.sex && { sex: row.sex }),
  ...(row.given.number && { givenNumber: row.given.number }),
  ...(row.outcome && { outcome: row.outcome }),
  ...(row.personId && isOfPolice(work) && { personId: row.personId }),
  ...(row.probability !== undefined && { probability: row.probability }),
  defects: shownDefects(work, row.defects),
  ...(row.decision && { decision: row.decision }),
})
