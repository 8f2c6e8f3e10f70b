import { type Doors, type SignedIn, serve } from '../../platform/http/serve-endpoint.ts'
import { countGaps, listGaps } from './contract.ts'
import { actors, type GapKind, gapKinds, kindsReadBy } from './gap.ts'
import * as gaps from './gaps.ts'
import { gapTask, gapWhat } from './words.ts'

const gapsShown = 200

const kindsFor = (who: SignedIn | undefined): readonly GapKind[] =>
  kindsReadBy((right, purpose) => who?.authority(right, purpose) !== undefined)

const sumOf = (counts: readonly gaps.GapCount[]) => counts.reduce((sum, { count }) => sum + count, 0)

export function gapRoutes(doors: Doors): void {
  serve(doors, listGaps, async (work, { query }, { who }) => {
    const seen = kindsFor(who)
    const counts = await gaps.countByLastDay(work, seen)
    const asked = seen.filter(kind => !query.kind || kind === query.kind)
    const from = query.from ?? 0
    const page = await gaps.findGaps(work, asked, { offset: from, limit: gapsShown })
    const details = await gaps.describeGaps(work, page)
    const all = sumOf(counts.filter(({ kind }) => asked.includes(kind)))
    return {
      counts: gaps.countGapsByKind(counts),
      overdue: sumOf(counts.filter(({ dueOn }) => dueOn < work.today)),
      gaps: page.map(({ kind, subject, personId, sinceOn, dueOn, facts }, at) => {
        const { unit, name } = details[at] as (typeof details)[number]
        return {
          kind,
          subject,
          what: gapWhat(kind),
          task: gapTask(kind),
          unit,
          ...(personId && { personId, ...(name !== undefined && { name }) }),
          sinceOn,
          dueOn,
          overdue: dueOn < work.today,
          hand: actors[kind].hand,
          facts: { ...facts },
        }
      }),
      more: all > from + page.length,
    }
  })
  serve(doors, countGaps, async (work, _input, { who }) => {
    const all = Map.groupBy(await gaps.countByLastDay(work, kindsFor(who)), ({ kind }) => kind)
    return {
      kinds: gapKinds.flatMap(kind => {
        const those = all.get(kind) ?? []
        // The most urgent comes first.
        const [first] = those
        const overdue = sumOf(those.filter(({ dueOn }) => dueOn < work.today))
        return first ? [{ kind, count: sumOf(those), overdue, nextOn: first.dueOn }] : []
      }),
    }
  })
}
