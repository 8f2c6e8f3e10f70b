import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkPlan } from '../plan-check/plan-check.ts'
import { greedyPlan } from './greedy.fixture.ts'
import type { PlanInstance } from './instance.ts'
import { madeInstance } from './made-instance.fixture.ts'
import { madeSizes } from './made-sizes.fixture.ts'
import type { Plan } from './plan.ts'
import { solve } from './solve.ts'
import { tinyInstances, tinyOptima } from './tiny-instances.fixture.ts'

const littleWork = 20

/** A solver starts threads, so a few instances are solved once for all that should hold of their plans. */
const samples = fc.sample(madeSizes, { seed: 23, numRuns: 6 }).map(madeInstance)
const plans: Promise<Plan>[] = []
const planOf = (at: number): Promise<Plan> => {
  plans[at] ??= solve(samples[at] as PlanInstance, { seed: 1, work: littleWork })
  return plans[at]
}

async function holdsForPlans(isTrue: (instance: PlanInstance, plan: Plan) => void): Promise<void> {
  for (const [at, instance] of samples.entries()) isTrue(instance, await planOf(at))
}

test('a plan of any instance keeps every rule, and each of its numbers is found again', async () => {
  await holdsForPlans((instance, plan) => {
    const { faults, objective } = checkPlan(instance, plan)

    assert.deepEqual(faults, [])
    assert.equal(plan.objective.total, objective.total)
  })
})

// What a person could be harmed by is judged once more, without the checker.

test('nobody and no kit is at two places on a day', async () => {
  await holdsForPlans((_, { routes }) => {
    const taken = routes.flatMap(({ day, officers, kits }) => [...officers, ...kits].map(one => `${day} ${one}`))
    assert.equal(new Set(taken).size, taken.length)
  })
})

test('no officer has more overtime than the caps of a month and a year allow', async () => {
  await holdsForPlans(({ caps, teams }, { routes }) => {
    for (const { id, overtimeBefore } of teams.flatMap(({ officers }) => officers))
      for (const [length, cap] of [
        [7, caps.monthMinutes],
        [4, caps.yearMinutes],
      ] as const) {
        const own = routes.filter(({ officers }) => officers.includes(id))
        for (const [period, some] of Map.groupBy(own, ({ day }) => day.slice(0, length))) {
          const added = some.reduce((sum, { overtimeMinutes }) => sum + overtimeMinutes, 0)
          assert.ok(added === 0 || (overtimeBefore[period] ?? 0) + added <= cap, `${id} in ${period}: ${added}`)
        }
      }
  })
})

test('nobody who is served after their last day counts as in time', async () => {
  await holdsForPlans(({ demands }, { routes, objective }) => {
    const lastDays = new Map(demands.map(({ id, lastDay }) => [id, lastDay]))
    const served = routes.flatMap(({ day, sessions }) =>
      sessions.flatMap(({ serves }) => serves.map(one => ({ ...one, day }))),
    )
    for (const { demand, day, inTime } of served) assert.equal(inTime, day <= (lastDays.get(demand) ?? ''))
    const inTime = served.reduce((sum, one) => sum + (one.inTime ? one.people : 0), 0)
    assert.equal(objective.latePeople, demands.reduce((sum, { people }) => sum + people, 0) - inTime)
  })
})

test('an island is reached and left only by a boat that goes on that day at that hour', async () => {
  await holdsForPlans(({ places, travel, crossings }, { routes }) => {
    const islands = new Set(
      places
        .filter((_, at) => crossings.length > 0 && travel.minutes[at]?.every((one, to) => to === at || one === null))
        .map(({ id }) => id)
        .filter(id => crossings.some(({ to }) => to === id)),
    )
    for (const { day, legs } of routes)
      for (const leg of legs.filter(({ from, to }) => from !== to && (islands.has(from) || islands.has(to))))
        assert.ok(
          crossings.some(
            ({ from, to, days, departs }) =>
              from === leg.from && to === leg.to && days.includes(day) && departs === leg.departs,
          ),
          `${day}: ${leg.from} to ${leg.to} at ${leg.departs}`,
        )
  })
})

test('the bound is at most what a plan by hand comes to, and leaves as many late', async () => {
  await holdsForPlans((instance, { bound }) => {
    const { objective } = greedyPlan(instance)
    assert.ok(bound)
    assert.ok(bound.total <= objective.total + 1e-6, `${bound.total} above ${objective.total}`)
    assert.ok(bound.latePeople <= objective.latePeople + 1e-6)
  })
})

for (const [at, { total }] of tinyOptima.entries()) {
  const instance = tinyInstances[at] as PlanInstance
  test(`the bound of ${instance.name} is not above its optimum, and its plan is near`, async t => {
    const { objective, bound } = await solve(instance, { seed: 1, work: 10 * littleWork })

    await t.test('the bound is at most the optimum', () => {
      assert.ok(bound && bound.total <= total + 1e-6, `${bound?.total} above ${total}`)
    })
    await t.test('the plan is within half a per cent of it', () => {
      assert.ok(objective.total <= total * 1.005, `${objective.total} beside ${total}`)
    })
  })
}

test('the same seed and the same work give the same plan', async () => {
  for (const at of [2, 5]) {
    const plan = await planOf(at)
    const again = await solve(samples[at] as PlanInstance, { seed: 1, work: littleWork })
    assert.deepEqual({ ...again, made: plan.made }, plan)
  }
})

/** Large enough that nobody is done with it in a second. */
const large = () =>
  madeInstance({ seed: 5, sites: 60, teams: 8, officers: 3, kits: 6, days: 25, people: 9000, width: 60 })

test('a solver that is stopped soon gives the best so far, and says that it was stopped', async () => {
  const instance = large()
  const stop = new AbortController()
  const begun = performance.now()
  setTimeout(() => stop.abort(), 500)

  const plan = await solve(instance, { seed: 1, seconds: 60, stopped: stop.signal })

  assert.ok(performance.now() - begun < 45_000)
  assert.equal(plan.made.stopped, true)
  assert.deepEqual(checkPlan(instance, plan).faults, [])
})

test('a solver that is stopped before it begins gives a plan all the same', async () => {
  const instance = large()

  const plan = await solve(instance, { seed: 1, seconds: 60, stopped: AbortSignal.abort() })

  assert.deepEqual(checkPlan(instance, plan).faults, [])
})

test('a proof that runs out of memory costs the bound, not the plan, which says so', async () => {
  const instance = large()

  const plan = await solve(instance, { seed: 1, work: 2, proofMegabytes: 7 })

  assert.equal(plan.made.proofFailed, true)
  assert.equal(plan.bound?.total, 0)
  assert.deepEqual(checkPlan(instance, plan).faults, [])
})
