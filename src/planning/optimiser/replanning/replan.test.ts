import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkPlan } from '../../plan-check/plan-check.ts'
import type { PlanInstance } from '../instance.ts'
import { madeInstance } from '../made-instance.fixture.ts'
import { madeSizes } from '../made-sizes.fixture.ts'
import type { Plan, PlannedRoute } from '../plan.ts'
import type { PlanEvent } from '../plan-event.ts'
import { readInstance } from '../read-instance.ts'
import { applyEvents, beginReplanning } from './apply-events.ts'
import { differenceOf } from './difference.ts'
import { madeEvents } from './made-events.fixture.ts'
import { type Replanned, replan } from './replan.ts'
import { searchedPlan } from './searched-plan.fixture.ts'

/** Plans made again after ten random events each, on small instances of every rule and on one of middle size. */

type Case = {
  readonly before: PlanInstance
  readonly plan: Plan
  readonly event: PlanEvent
  readonly after: Replanned
}

const small = fc.sample(madeSizes, { seed: 41, numRuns: 6 }).map(madeInstance)
const middle = madeInstance({ seed: 7, sites: 24, teams: 6, officers: 3, kits: 5, days: 15, islands: 2, width: 50 })
const limits = { seed: 1, work: 60 }

const cases: Case[] = []
for (const before of [...small, middle]) {
  const plan = searchedPlan(before, 150)
  for (const event of madeEvents(before, plan, 3, 10))
    cases.push({ before, plan, event, after: await replan(before, plan, [event], limits) })
}

const nameOf = ({ before, event }: Case) => `${before.name}: ${JSON.stringify(event)}`

test('a plan that is made again keeps every rule of the instance after the event, which can be read', () => {
  for (const one of cases) {
    const { instance, plan } = one.after
    assert.deepEqual(readInstance(JSON.parse(JSON.stringify(instance))), instance, nameOf(one))
    assert.deepEqual(checkPlan(instance, plan).faults, [], nameOf(one))
  }
})

test('less than a twentieth of the announced sessions is moved beyond what the event made impossible', () => {
  for (const one of cases) {
    const { all, moved, byEvent } = one.after.difference.announced
    assert.ok(moved - byEvent < Math.max(1, 0.05 * all), `${nameOf(one)}: ${moved} of ${all}, ${byEvent} by the event`)
  }
})

const routesBefore = ({ routes }: Plan, day: string) => routes.filter(route => route.day < day)
const placesOf = (routes: readonly PlannedRoute[]) =>
  routes.map(({ team, day, officers, kits, departs, returns, legs, sessions }) => ({
    ...{ team, day, officers, kits, departs, returns, legs },
    sessions: sessions.map(({ site, shift, from, to }) => ({ site, shift, from, to })),
  }))

test('days before the event stay as they were, and their sessions are locked', () => {
  for (const one of cases) {
    const { event, plan, after } = one
    assert.deepEqual(
      placesOf(routesBefore(after.plan, event.from)),
      placesOf(routesBefore(plan, event.from)),
      nameOf(one),
    )
    assert.ok(after.instance.announced.every(({ day, locked }) => day >= event.from || locked))
  }
})

test('nothing is planned with whom and what the event took', () => {
  for (const one of cases) {
    const { event, after } = one
    const during = after.plan.routes.filter(({ day }) => event.from <= day && day <= event.to)
    if (event.what === 'kit-out')
      assert.ok(
        during.every(({ kits }) => !kits.includes(event.kit)),
        nameOf(one),
      )
    if (event.what === 'team-away')
      assert.ok(
        during.every(({ team }) => team !== event.team),
        nameOf(one),
      )
    if (event.what === 'officer-away')
      assert.ok(
        during.every(({ officers }) => !officers.includes(event.officer)),
        nameOf(one),
      )
    if (event.what === 'boats-off') assert.ok(during.every(({ legs }) => legs.every(({ by }) => by === 'road')))
    if (event.what === 'site-closed' && !event.hours)
      assert.ok(during.every(({ sessions }) => sessions.every(({ site }) => site !== event.site)))
    if (event.what === 'overtime-withdrawn') assert.ok(during.every(({ overtimeMinutes }) => overtimeMinutes === 0))
  }
})

test('the same seed and the same work make the same plan again', async () => {
  for (const { before, plan, event, after } of cases.filter((_, at) => at % 9 === 0))
    assert.deepEqual(await replan(before, plan, [event], limits), after)
})

test('a plan that was made again is made again once more, its sessions known by the same ids', async () => {
  const [one] = cases.filter(({ before }) => before === middle)
  assert.ok(one)
  const { instance, plan } = one.after
  const last = middle.days.at(-1)?.day ?? ''
  const again = await replan(instance, plan, [{ what: 'team-away', team: 'team-1', from: last, to: last }], limits)

  const kept = new Set(plan.routes.flatMap(({ sessions }) => sessions.flatMap(({ keeps }) => keeps ?? [])))
  const ids = again.instance.announced.map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
  assert.ok([...kept].every(id => ids.includes(id)))
  assert.deepEqual(checkPlan(again.instance, again.plan).faults, [])
})

test('what is told of both plans is what their documents have', () => {
  for (const one of cases) {
    const { before, plan, after } = one
    const people = before.demands.reduce((sum, demand) => sum + demand.people, 0)
    const { difference } = after
    assert.deepEqual([difference.before.people, difference.before.late], [people, plan.objective.latePeople])
    assert.equal(difference.after.inTime, people - after.plan.objective.latePeople)
    assert.equal(difference.announced.moved, after.plan.objective.movedSessions)
    assert.deepEqual(differenceOf(one.after, one.after).sessions, [])
  }
})

test('a locked session stays locked where its team can still hold it, and only there', () => {
  const plan = searchedPlan(middle, 150)
  const route = plan.routes.find(one => isAlone(plan, one)) as PlannedRoute
  const [session] = route.sessions
  const known = applyEvents(middle, plan, [{ what: 'boats-off', from: middle.to, to: middle.to }])
  const id = known.announced.find(one => one.team === route.team && one.day === route.day)?.id
  const announced = known.announced.map(one => ({ ...one, locked: one.id === id }))
  const locked: PlanInstance = { ...middle, announced }
  const own = { ...plan, routes: plan.routes.map(one => (one === route ? keeping(one, id) : one)) }
  const lockedAfter = (event: PlanEvent) =>
    applyEvents(locked, own, [event]).announced.find(one => one.id === id)?.locked

  assert.equal(
    lockedAfter({ what: 'overtime-ordered', from: route.day, to: route.day, minutes: 60, hours: ['06:00', '21:00'] }),
    true,
  )
  assert.equal(lockedAfter({ what: 'site-closed', site: session?.site ?? '', from: route.day, to: route.day }), false)
  assert.deepEqual(
    [
      ...beginReplanning(locked, own, [{ what: 'team-away', team: route.team, from: route.day, to: route.day }])
        .impossible,
    ],
    known.announced.filter(one => one.team === route.team && one.day === route.day).map(one => one.id),
  )
})

/** No other team is at its sites on that day, so that nobody else keeps what it held. */
const isAlone = ({ routes }: Plan, route: PlannedRoute): boolean =>
  routes.every(
    ({ team, day, sessions }) =>
      team === route.team ||
      day !== route.day ||
      sessions.every(({ site }) => !route.sessions.some(own => own.site === site)),
  )

const keeping = (route: PlannedRoute, id: string | undefined): PlannedRoute => ({
  ...route,
  sessions: route.sessions.map((session, at) => (at === 0 && id !== undefined ? { ...session, keeps: id } : session)),
})

const refused: readonly (readonly [PlanEvent, RegExp])[] = [
  [{ what: 'kit-out', kit: 'kit-99', from: middle.from, to: middle.to }, /no kit has the id kit-99/],
  [{ what: 'team-away', team: 'x', from: middle.from, to: middle.to }, /no team/],
  [{ what: 'officer-away', officer: 'x', from: middle.from, to: middle.to }, /no officer/],
  [{ what: 'site-closed', site: 'x', from: middle.from, to: middle.to }, /no site/],
  [
    { what: 'site-closed', site: 'site-1', from: middle.from, to: middle.to, hours: ['11:00', '08:00'] },
    /must end after/,
  ],
  [{ what: 'boats-off', between: ['place-1', 'place-2'], from: middle.from, to: middle.to }, /no boat goes between/],
  [{ what: 'kit-more', kit: 'kit-1', store: 'place-1', from: middle.from, to: middle.to }, /is there already/],
  [{ what: 'kit-more', kit: 'k', store: 'place-1', officers: 9, from: middle.from, to: middle.to }, /no team has more/],
  [{ what: 'team-away', team: 'team-1', from: '2020-01-01', to: middle.to }, /the days are from/],
  [{ what: 'team-away', team: 'team-1', from: middle.to, to: middle.from }, /must not end before/],
]

test('an event of what the instance does not have, or of days outside of it, is refused in words', async () => {
  const plan = searchedPlan(middle, 1)
  for (const [event, words] of refused)
    await assert.rejects(replan(middle, plan, [event], limits), error => {
      const { code, facts } = error as { code: string; facts: { faults: string[] } }
      return code === 'plan-events-refused' && facts.faults.some(fault => words.test(fault))
    })
  await assert.rejects(replan(middle, plan, [], limits), { code: 'plan-events-refused' })
})
