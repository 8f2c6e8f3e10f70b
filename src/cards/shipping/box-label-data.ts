import * as audit from '../../audit/audit.ts'
import { addDays, type Day, dayAt, daysBetween } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { sayOnPaper } from '../words-paper.ts'
import { boxLabelPdf as drawLabel } from './box-label-pdf.ts'
import { boxProblem } from './problems.ts'
import { getBox } from './shipping.ts'

/** The label of a box, with the data of the box. */

/** The house's day of a moment in the past: a demonstration's day stands still, so the distance to now is kept. */
const dayOfMoment = ({ now, today }: Work, at: Date): Day =>
  addDays(today, Math.min(0, daysBetween(dayAt(now), dayAt(at))))

/** A place as a carrier finds it: the police or the school, and where its unit is. */
async function addressText(work: Work, kind: 'unit' | 'school' | 'centre', id: string | null): Promise<string> {
  if (kind === 'centre' || !id) return sayOnPaper('vi')('card-centre')
  if (kind === 'school') {
    const school = await units.getSchool(work, id as units.SchoolId)
    return [school.name, (await units.letterheadOf(work, school.unitId, work.today)).seat].join(', ')
  }
  const { name } = await units.letterheadOf(work, id as units.UnitId, work.today)
  const path = await units.unitPath(work, id as units.UnitId, work.today)
  return [name, units.seatOf(path.slice(1))].filter(Boolean).join(', ')
}

/**
 * The label of a box that is sealed or on its way. `code` names the file. Throws box-unknown, box-state-refused,
 * paper-text-too-long, paper-text-unprintable.
 */
export async function boxLabel(
  work: Work,
  id: string,
  { isDemonstration }: { readonly isDemonstration: boolean },
): Promise<{ code: string; content: Buffer }> {
  const { code, state, seal, sealedAt, fromKind, fromId, toKind, toId, cards, unitId } = await getBox(work, id)
  if (!seal || !sealedAt || (state !== 'sealed' && state !== 'sent'))
    throw boxProblem('box-state-refused', { state, needs: 'sealed' })
  const content = await drawLabel({
    code,
    from: await addressText(work, fromKind, fromId),
    to: await addressText(work, toKind, toId),
    count: cards,
    sealNumber: seal,
    packedOn: dayOfMoment(work, sealedAt),
    printedAt: work.now,
    isDemonstration,
  })
  await audit.record(work, 'box.label-printed', { kind: 'box', id, unitId: work.unitId ?? unitId })
  return { code, content }
}
