import { type Doors, serve } from '../../platform/http/serve.ts'
import * as register from '../../register/register.ts'
import { unitReference } from '../place.ts'
import { listGaps } from './contract.ts'
import { hands } from './gap.ts'
import { countGapsByKind, findGaps } from './gaps.ts'

const gapsShown = 200

export function gapRoutes(doors: Doors): void {
  serve(doors, listGaps, async (work, { query }) => {
    const all = await findGaps(work)
    const asked = all.filter(({ kind }) => !query.kind || kind === query.kind)
    const from = query.from ?? 0
    const page = asked.slice(from, from + gapsShown)
    const people = await register.listSummaries(
      work,
      page.flatMap(({ personId }) => (personId ? [personId] : [])),
    )
    const nameOf = new Map<string, string>(people.map(({ id, fullName }) => [id, fullName]))
    return {
      counts: countGapsByKind(all),
      overdue: all.filter(({ dueOn }) => dueOn < work.today).length,
      gaps: await Promise.all(
        page.map(async ({ kind, subject, unitId, personId, sinceOn, dueOn, facts }) => ({
          kind,
          subject,
          unit: await unitReference(work, unitId),
          ...(personId && { personId, ...(nameOf.has(personId) && { name: nameOf.get(personId) ?? '' }) }),
          sinceOn,
          dueOn,
          overdue: dueOn < work.today,
          hand: hands[kind],
          facts: { ...facts },
        })),
      ),
      more: asked.length > from + gapsShown,
    }
  })
}
