import { formatPartialDay } from '../platform/day.ts'
import { sortDefects } from './find-defects.ts'
import type { RollRow } from './row.ts'

/** A row as lists and the review show it. */
export const rowReply = (row: RollRow) => ({
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
  ...(row.personId && { personId: row.personId }),
  ...(row.probability !== undefined && { probability: row.probability }),
  defects: sortDefects(row.defects),
  ...(row.decision && { decision: row.decision }),
})
