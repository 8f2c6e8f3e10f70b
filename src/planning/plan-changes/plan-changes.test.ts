import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type PlanInstance, planFormat } from '../optimiser/instance.ts'
import { instanceHash } from '../optimiser/instance-hash.ts'
import { madeInstance } from '../optimiser/made-instance.fixture.ts'
import { madeSizes } from '../optimiser/made-sizes.fixture.ts'
import type { Plan } from '../optimiser/plan.ts'
import { compile } from '../optimiser/solving/compile.ts'
import { Search } from '../optimiser/solving/search.ts'
import { writePlan } from '../optimiser/solving/write-plan.ts'
import { handMadeInstance, handMadePlan } from '../plan-check/hand-made.fixture.ts'
import { checkPlan } from '../plan-check/plan-check.ts'
import { changeSession, isLockByHand, type ManualChange, type ManuallyChangedPlan } from './plan-changes.ts'

/** The first filling of the search, without its threads: enough of a plan to be changed. */
function firstPlan(instance: PlanInstance): Plan {
  const given = compile(instance)
  const search = new Search(given, 1)
  search.fill(() => 0)
  return {
    format: planFormat,
    instance: { name: instance.name, sha256: instanceHash(instance) },
    made: { seed: 1, work: 0, seconds: 0, stopped: false },
    ...writePlan(given, search.best, { reasons: true }),
  }
}

const samples = fc
  .sample(madeSizes, { seed: 41, numRuns: 20 })
  .map(madeInstance)
  .map(instance => ({ instance, plan: firstPlan(instance) }))
  .filter(({ plan }) => plan.routes.length > 0)

/** Any session of any sample, and any place to move it to. */
const anyMove = fc.record({ sample: fc.nat(), session: fc.nat(), team: fc.nat(), day: fc.nat(), shift: fc.nat() })
const oneOf = <Item>(items: readonly Item[], at: number): Item => items[at % items.length] as Item

function changed(instance: PlanInstance, plan: Plan, change: ManualChange): ManuallyChangedPlan {
  const found = changeSession(instance, plan, change)
  assert.ok(found)
  return found
}
const codesOf = ({ faults }: Pick<ManuallyChangedPlan, 'faults'>) => [...new Set(faults.map(({ code }) => code))].sort()

test('wherever a session is moved to, the numbers of the plan are those that the checker finds', () => {
  const tried = { kept: 0, broken: 0 }
  fc.assert(
    fc.property(anyMove, pick => {
      const { instance, plan } = oneOf(samples, pick.sample)
      const { session, route } = oneOf(
        plan.routes.flatMap(one => one.sessions.map(held => ({ session: held, route: one }))),
        pick.session,
      )
      const to = {
        team: oneOf(instance.teams, pick.team).id,
        day: oneOf(instance.days, pick.day).day,
        shift: oneOf(instance.shifts, pick.shift).id,
      }
      const next = changed(instance, plan, { kind: 'move', session: session.id, ...to })

      const ofNumbers = next.faults.filter(({ code }) => /number|late|bound|malformed|unknown|over-served/.test(code))
      assert.deepEqual(ofNumbers, [])
      tried[next.faults.length === 0 ? 'kept' : 'broken'] += 1
      const held = next.plan.routes.find(({ team, day }) => team === to.team && day === to.day)
      assert.equal(held?.sessions.find(({ id }) => id === next.session)?.site, session.site)
      const count = (one: Plan) => one.routes.reduce((sum, { sessions }) => sum + sessions.length, 0)
      assert.equal(count(next.plan), count(plan), `${route.team} ${route.day}`)
    }),
    { seed: 1, numRuns: 250 },
  )
  assert.ok(tried.kept > 20 && tried.broken > 20, JSON.stringify(tried))
})

test('a session that stays where it is keeps every rule', () => {
  for (const { instance, plan } of samples) {
    const [route] = plan.routes
    const [session] = route?.sessions ?? []
    assert.ok(route && session)
    const next = changed(instance, plan, {
      ...{ kind: 'move', session: session.id, team: route.team, day: route.day, shift: session.shift },
    })
    assert.deepEqual(next.faults, [])
  }
})

test('a session on a day of exams says that the school is shut, and what it would cost', () => {
  const next = changed(handMadeInstance, handMadePlan, {
    ...{ kind: 'move', session: 'school-morning', team: 'south', day: '2026-10-09', shift: 'morning' },
  })
  assert.ok(codesOf(next).includes('site-closed'), codesOf(next).join())
  assert.ok(codesOf(next).includes('locked-not-kept'))
  assert.equal(next.plan.objective.movedSessions, 2)
  assert.deepEqual(next.plan.objective, checkPlan(handMadeInstance, next.plan).objective)
})

test('where nobody and no boat goes, the session stands all the same and the fault is named', () => {
  const next = changed(handMadeInstance, handMadePlan, {
    ...{ kind: 'move', session: 'hamlet-morning', team: 'south', day: '2026-10-12', shift: 'morning' },
  })
  assert.ok(codesOf(next).includes('session-elsewhere'), codesOf(next).join())
})

test('a bound stays below a plan that was changed, and its gap follows', () => {
  const bound = { total: 1000, latePeople: 10, minutes: 900, rounds: 1, closed: false }
  const before = { ...handMadePlan, bound, gap: (17_190 - 1000) / 17_190 }
  const next = changed(handMadeInstance, before, {
    ...{ kind: 'move', session: 'counter-afternoon', team: 'south', day: '2026-10-08', shift: 'afternoon' },
  })
  assert.ok(next.plan.objective.latePeople < handMadePlan.objective.latePeople)
  assert.deepEqual(next.plan.bound, { ...bound, minutes: 0 })
  assert.ok((next.plan.bound?.minutes ?? 0) <= next.plan.objective.travelMinutes + next.plan.objective.overtimeMinutes)
  assert.ok(!codesOf(next).some(code => code === 'bound-above' || code === 'gap-number'))
})

test('a lock is a session that has to stay, until it is taken off again', () => {
  const { instance, plan } = samples.find(sample => sample.instance.announced.length === 0) ?? samples[0]!
  const [route] = plan.routes
  const id = route?.sessions[0]?.id as string
  const locked = changed(instance, plan, { kind: 'lock', session: id })
  assert.deepEqual(locked.faults, [])
  assert.deepEqual(locked.instance.announced.map(isLockByHand), [true])

  const other = instance.days.find(({ day }) => day !== route?.day)?.day as string
  const moved = changed(locked.instance, locked.plan, {
    ...{ kind: 'move', session: id, team: route?.team as string, day: other, shift: 'morning' },
  })
  assert.ok(codesOf(moved).includes('locked-not-kept'))

  const free = changed(locked.instance, locked.plan, { kind: 'unlock', session: id })
  assert.deepEqual([free.instance, free.plan], [instance, plan])
})

test('a session, team, day or shift that nobody knows changes nothing', () => {
  const to = { session: 'school-morning', team: 'south', day: '2026-10-12', shift: 'morning' }
  for (const unknown of ['session', 'team', 'day', 'shift'])
    assert.equal(
      changeSession(handMadeInstance, handMadePlan, { kind: 'move', ...to, [unknown]: 'nowhere' }),
      undefined,
    )
})
