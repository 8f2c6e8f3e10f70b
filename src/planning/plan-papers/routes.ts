import { parseDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import * as contract from './contract.ts'
import { drawPlanOrder, drawTeamDay } from './plan-papers.ts'

export function planPaperRoutes(doors: Doors, { isDemonstration }: { readonly isDemonstration: () => boolean }): void {
  serve(doors, contract.planOrderPaper, async (work, { params }) => ({
    name: `ke-hoach-${params.id}.pdf`,
    type: 'application/pdf',
    content: await drawPlanOrder(work, asId<'plan'>(params.id), { isDemonstration: isDemonstration() }),
  }))

  serve(doors, contract.teamDaySheet, async (work, { params, query: { team, day } }) => {
    if (!parseDay(day)) throw requestProblem('input-invalid', { wrong: [{ field: 'day' }] })
    const options = { isDemonstration: isDemonstration() }
    const content = await drawTeamDay(work, asId<'plan'>(params.id), { team, day }, options)
    return { name: `lich-trinh-${day}.pdf`, type: 'application/pdf', content }
  })
}
