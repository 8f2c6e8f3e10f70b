import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkPlan } from '../plan-check/plan-check.ts'
import { exactOptimum } from './exact.fixture.ts'
import { greedyPlan } from './greedy.fixture.ts'
import type { PlanInstance } from './instance.ts'
import { accountsInstance, madeInstance, provinceInstance } from './made-instance.fixture.ts'
import { madeSizes } from './made-sizes.fixture.ts'
import { tinyInstances, tinyOptima } from './tiny-instances.fixture.ts'

/** What judges the solver is judged here: made instances, the plan by hand, and the exact optimum. */

const peopleOf = ({ demands }: PlanInstance, isCounted: (kind: string) => boolean) =>
  demands.filter(({ kind }) => isCounted(kind)).reduce((sum, { people }) => sum + people, 0)

test('the same seed makes the same instance, and another seed another one', () => {
  assert.deepEqual(provinceInstance(3), provinceInstance(3))
  assert.notDeepEqual(provinceInstance(3), provinceInstance(4))
  assert.deepEqual(madeInstance({ seed: 3, islands: 1 }), madeInstance({ seed: 3, islands: 1 }))
})

test('the province has the size of a campaign by kits, and the accounts that of a whole province', () => {
  const province = provinceInstance(1)
  assert.equal(province.sites.length, 367)
  assert.equal(province.places.length, 177)
  assert.deepEqual([province.teams.length, province.kits.length, province.days.length], [8, 12, 35])
  assert.equal(provinceInstance(1, { teams: 24 }).teams.length, 24)
  assert.equal(
    peopleOf(province, () => true),
    60_000,
  )
  assert.equal(
    peopleOf(province, kind => kind !== 'activation'),
    24_000,
  )
  const accounts = accountsInstance(1)
  assert.equal(
    peopleOf(accounts, kind => kind === 'activation'),
    723_000,
  )
  assert.equal(accounts.days.length, 60)
})

test('a plan by hand of any made instance keeps every rule', () => {
  fc.assert(
    fc.property(madeSizes, size => {
      const instance = madeInstance(size)
      assert.deepEqual(checkPlan(instance, greedyPlan(instance)).faults, [])
    }),
    { numRuns: 60 },
  )
})

test('a plan by hand of the province and of the accounts keeps every rule', () => {
  for (const instance of [provinceInstance(2, { teams: 24 }), accountsInstance(2)]) {
    const plan = greedyPlan(instance)
    const { faults, objective } = checkPlan(instance, plan)

    assert.deepEqual(faults, [])
    assert.ok(plan.routes.length > 300 && objective.unservedPeople < 15_000)
  }
})

test('the exact optimum of a tiny instance is a plan, none by hand is better, and it is as written down', async () => {
  for (const at of liveOptima) {
    const instance = tinyInstances[at] as PlanInstance
    const { plan, lower } = await exactOptimum(instance)

    assert.deepEqual(checkPlan(instance, plan).faults, [])
    assert.ok(plan.objective.total <= greedyPlan(instance).objective.total)
    assert.ok(lower <= plan.objective.total && plan.objective.total <= lower * 1.001 + 1)
    const written = tinyOptima.get(at)?.total ?? 0
    assert.ok(Math.abs(plan.objective.total - written) <= plan.objective.total * 0.001)
  }
})

/** Those that take a second or two; the others were found in the same way. */
const liveOptima = [1, 3, 7]
