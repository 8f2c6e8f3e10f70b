import { asDay, daysFrom } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import * as units from '../../units/units.ts'
import { longestFeeSpan } from '../law.ts'
import type { StationKeys } from '../stations/keys.ts'
import { countFees } from '../store-fee.ts'
import { showFees, showPaper } from './contract.ts'
import { getPaper, paperNames } from './papers.ts'

type PaperRoutes = { readonly keys: () => Promise<StationKeys>; readonly isDemonstration: () => boolean }

export function paperRoutes(doors: Doors, { keys, isDemonstration }: PaperRoutes): void {
  serve(doors, showPaper, async (work, { params: { id, paper } }) => {
    const content = await getPaper(
      work,
      { keys: await keys(), origin: doors.origin, isDemonstration: isDemonstration() },
      id,
      paper,
    )
    return { name: `ho-so-${id}-${paperNames[paper]}.pdf`, type: 'application/pdf', content }
  })
  serve(doors, showFees, async (work, { query }) => {
    const [from, to] = [asDay(query.from), asDay(query.to)]
    if (to < from || daysFrom(from, to).length > longestFeeSpan)
      throw requestProblem('input-invalid', { wrong: [{ field: 'to' }] })
    const within = query.unit ? (await units.scopePartsOf(work, query.unit, work.today)).units : undefined
    const days = await countFees(work, { from, to, units: within })
    return { days: days.map(one => ({ ...one, exempt: [...one.exempt] })) }
  })
}
