import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { countGaps, listGaps } from './contract.ts'
import { gapKinds, hands } from './gap.ts'
import { countGapsByKind, describeGaps, findGaps } from './gaps.ts'

const gapsShown = 200

export function gapRoutes(doors: Doors): void {
  serve(doors, listGaps, async (work, { query }) => {
    const all = await findGaps(work)
    const asked = all.filter(({ kind }) => !query.kind || kind === query.kind)
    const from = query.from ?? 0
    const page = asked.slice(from, from + gapsShown)
    const details = await describeGaps(work, page)
    return {
      counts: countGapsByKind(all),
      overdue: all.filter(({ dueOn }) => dueOn < work.today).length,
      gaps: page.map(({ kind, subject, personId, sinceOn, dueOn, facts }, at) => {
        const { unit, name } = details[at] as (typeof details)[number]
        return {
          kind,
          subject,
          unit,
          ...(personId && { personId, ...(name !== undefined && { name }) }),
          sinceOn,
          dueOn,
          overdue: dueOn < work.today,
          hand: hands[kind],
          facts: { ...facts },
        }
      }),
      more: asked.length > from + gapsShown,
    }
  })
  serve(doors, countGaps, async work => {
    const all = Map.groupBy(await findGaps(work), ({ kind }) => kind)
    return {
      kinds: gapKinds.flatMap(kind => {
        const those = all.get(kind) ?? []
        // The most urgent comes first.
        const [first] = those
        const overdue = those.filter(({ dueOn }) => dueOn < work.today).length
        return first ? [{ kind, count: those.length, overdue, nextOn: first.dueOn }] : []
      }),
    }
  })
}
