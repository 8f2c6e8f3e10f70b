import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { greedyPlan } from '../optimiser/greedy.fixture.ts'
import type { PlanInstance } from '../optimiser/instance.ts'
import { madeInstance } from '../optimiser/made-instance.fixture.ts'
import { madeSizes } from '../optimiser/made-sizes.fixture.ts'
import type { Plan, PlanObjective } from '../optimiser/plan.ts'
import { checkPlan } from '../plan-check/plan-check.ts'
import { moveSession } from './move-session.ts'
import { reasonsOf } from './session-reasons.ts'
import { type RouteChanges, StandingPlan, wholePlan } from './standing-plan.ts'

/** The sum of a plan and a difference, with kilometres as a file rounds them. */
const plus = (one: PlanObjective, other: PlanObjective) =>
  Object.fromEntries(
    (Object.keys(one) as (keyof PlanObjective)[]).map(name => [name, Math.round((one[name] + other[name]) * 10) / 10]),
  )
const rounded = (one: PlanObjective) =>
  plus(one, { ...one, ...Object.fromEntries(Object.keys(one).map(of => [of, 0])) })

/** The changed plan keeps every rule, and comes to what is said of it. */
function assertComesTo(instance: PlanInstance, plan: Plan, changes: RouteChanges, difference: PlanObjective): void {
  const standing = new StandingPlan(instance, plan)
  const { faults, objective } = checkPlan(instance, wholePlan(standing, standing.changed(changes)))
  assert.deepEqual(faults, [])
  assert.deepEqual(rounded(objective), plus(plan.objective, difference))
}

test('a session costs in another slot what the moved plan comes to by the checker, and the plan keeps its rules', () => {
  let moves = 0
  fc.assert(
    fc.property(madeSizes, size => {
      const instance = madeInstance(size)
      const plan = greedyPlan(instance)
      const standing = new StandingPlan(instance, plan)
      for (const route of plan.routes.slice(0, 6)) {
        for (const session of route.sessions) {
          const held = { route, session }
          const { slots, later } = reasonsOf(standing, held)
          for (const { day, shift, difference } of slots.filter(one => one.difference).slice(0, 8)) {
            const at = { day: standing.dayAt.get(day) ?? -1, shift: standing.shiftAt.get(shift) ?? -1 }
            const moved = moveSession(standing, held, at)
            assert.ok('changes' in moved && difference)
            assertComesTo(instance, plan, moved.changes, difference)
            moves += 1
          }
          const days = slots.filter(one => one.difference && one.day > route.day).map(({ day }) => day)
          assert.equal(later?.day, days[0])
        }
      }
    }),
    { numRuns: 60 },
  )
  assert.ok(moves > 500, `${moves} moves were tried`)
})
