import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { greedyPlan } from '../optimiser/greedy.fixture.ts'
import type { PlanInstance } from '../optimiser/instance.ts'
import { madeInstance } from '../optimiser/made-instance.fixture.ts'
import { madeSizes } from '../optimiser/made-sizes.fixture.ts'
import type { Plan, PlanObjective } from '../optimiser/plan.ts'
import { planOfRoutes } from '../optimiser/plan-of-routes.fixture.ts'
import { writePlan } from '../optimiser/solving/write-plan.ts'
import { checkPlan } from '../plan-check/plan-check.ts'
import { lateReasonsOf } from './late-reasons.ts'
import { moveSession } from './move-session.ts'
import { planWith, remediesOf, searched } from './remedies.ts'
import { changesWithout, reasonsOf } from './session-reasons.ts'
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

test('a session costs in another slot what the checker finds of the moved plan, which keeps every rule', () => {
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
    { numRuns: 15 },
  )
  assert.ok(moves > 100, `${moves} moves were tried`)
})

const orders = {
  evening: { minutes: 180, from: '06:30', to: '21:00' },
  restDay: { minutes: 480, from: '07:00', to: '17:30' },
}

test('a plan without a session, as it is explained, is what the checker finds, and nobody else moves', () => {
  fc.assert(
    fc.property(madeSizes, size => {
      const instance = madeInstance(size)
      const plan = greedyPlan(instance)
      const standing = new StandingPlan(instance, plan)
      for (const route of plan.routes.slice(0, 3)) {
        const held = { route, session: route.sessions[0] ?? assert.fail() }
        const changed = standing.changed(changesWithout(standing, held))
        const { faults, objective } = checkPlan(instance, wholePlan(standing, changed))
        const isLocked = instance.announced.some(one => one.locked && one.site === held.session.site)
        if (!isLocked) assert.deepEqual(faults, [])
        assert.deepEqual(rounded(objective), plus(plan.objective, changed.difference))
        assert.deepEqual(reasonsOf(standing, held).without, changed.difference)
      }
    }),
    { numRuns: 10 },
  )
})

test('late people add up by limit and by site to those of the plan, whoever made it', () => {
  fc.assert(
    fc.property(madeSizes, size => {
      const instance = madeInstance(size)
      const plan = greedyPlan(instance)
      const { late, unserved, byLimit, bySite } = lateReasonsOf(new StandingPlan(instance, plan))
      const sum = (list: readonly { readonly late: number }[]) => list.reduce((all, one) => all + one.late, 0)
      assert.deepEqual([late, unserved], [plan.objective.latePeople, plan.objective.unservedPeople])
      assert.deepEqual([sum(byLimit), sum(bySite)], [late, late])
    }),
    { numRuns: 30 },
  )
})

test('what a remedy is said to give is a plan that keeps every rule with one thing more', () => {
  const kinds = new Set<string>()
  for (const seed of [1, 2, 3]) {
    const instance = madeInstance({ seed, sites: 9, teams: 2, officers: 2, kits: 1, days: 9, islands: 1 })
    const plan = greedyPlan(instance)
    const { remedies } = remediesOf(instance, plan, { orders })
    const standing = new StandingPlan(instance, plan)
    const routes = searched(standing)
    const without = writePlan(standing.given, routes, { reasons: false }).objective
    for (const { change, inTimeMore, minutesMore } of remedies) {
      const { instance: changed, written } = planWith(standing, routes, change, orders)
      const { faults, objective } = checkPlan(changed, planOfRoutes(changed, written.routes))
      assert.deepEqual(faults, [])
      assert.equal(inTimeMore, without.latePeople - objective.latePeople)
      const minutesOf = (one: PlanObjective) => one.travelMinutes + one.overtimeMinutes
      assert.equal(minutesMore, minutesOf(objective) - minutesOf(without))
      kinds.add(change.kind)
    }
    const costs = remedies.filter(one => one.inTimeMore > 0).map(one => one.minutesMore / one.inTimeMore)
    assert.deepEqual(
      costs,
      costs.toSorted((a, b) => a - b),
    )
  }
  assert.ok(kinds.has('kit') && kinds.has('officer') && kinds.has('order'), [...kinds].join(', '))
})

test('a full session names the limit that binds it, and one that leaves nobody late names none', () => {
  const given = madeInstance({ seed: 5, sites: 1, teams: 1, officers: 2, kits: 1, days: 3 })
  const many = { ...given, demands: given.demands.map(one => ({ ...one, people: 2000, lastDay: given.to })) }
  const few = { ...given, demands: given.demands.map(one => ({ ...one, people: 2, lastDay: given.to })) }
  const limitsIn = (instance: PlanInstance) => {
    const plan = greedyPlan(instance)
    const route = plan.routes[0] ?? assert.fail()
    const held = { route, session: route.sessions[0] ?? assert.fail() }
    return reasonsOf(new StandingPlan(instance, plan), held).limits
  }
  const limits = limitsIn(many)
  assert.ok(limits.some(({ limit }) => limit === 'hours') && limits.every(({ inTimeMore }) => inTimeMore > 0))
  assert.deepEqual(limitsIn(few), [])
})
