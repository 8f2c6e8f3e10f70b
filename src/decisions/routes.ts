import { type Doors, serve } from '../platform/http/serve-endpoint.ts'
import { isId } from '../platform/ids.ts'
import { knownProblems } from '../platform/problem.ts'
import * as staff from '../staff/staff.ts'
import * as contract from './contract.ts'
import { type DecisionKinds, secondsLeft } from './decision.ts'
import { findDecisionOn, findOwnHeld, mayUndo, undo } from './decisions.ts'
import { shownAtOnce } from './law.ts'

/** The doors of decisions. `kinds` is what the contexts above may decide. */
export function routes(doors: Doors, kinds: DecisionKinds): void {
  serve(doors, contract.listHeldDecisions, async work => {
    const presses = [...Map.groupBy(await findOwnHeld(work), ({ batchId, state }) => `${batchId} ${state}`).values()]
    return {
      presses: presses.slice(0, shownAtOnce).flatMap(all => {
        const [one] = all
        if (!one) return []
        return {
          id: one.batchId,
          kind: one.kind,
          subject: one.subjectKind,
          subjectId: one.subjectId,
          count: all.length,
          state: one.state,
          decidedAt: one.decidedAt.toISOString(),
          until: one.takesEffectAt.toISOString(),
          seconds: secondsLeft(one, work.now),
          ...(one.problem && { problem: one.problem, why: knownProblems().get(one.problem)?.vi ?? one.problem }),
        }
      }),
    }
  })
  serve(doors, contract.showDecisionOn, async (work, { params }) => {
    const one = await findDecisionOn(work, params.id)
    if (!one) return {}
    const names = await staff.namesOf(work, [one.decidedBy].filter(isId))
    return {
      decision: {
        id: one.batchId,
        kind: one.kind,
        state: one.state,
        by: names.get(one.decidedBy) ?? '',
        decidedAt: one.decidedAt.toISOString(),
        until: one.takesEffectAt.toISOString(),
        seconds: one.state === 'held' ? secondsLeft(one, work.now) : 0,
        mine: one.decidedBy === work.by.id,
        ...(one.problem && { why: knownProblems().get(one.problem)?.vi ?? one.problem }),
        mayUndo: one.state === 'held' && one.takesEffectAt > work.now && (await mayUndo(work, one, kinds)),
      },
    }
  })
  serve(doors, contract.undoDecisions, async (work, { params }) => ({ undone: await undo(work, kinds, params.id) }))
}
