import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan, PlannedRoute, PlannedSession } from '../optimiser/plan.ts'
import { type PlanFaultCode, ruleOfFault } from './fault.ts'
import { byRoad, handMadeInstance, handMadePlan } from './hand-made.fixture.ts'
import { checkPlan } from './plan-check.ts'

type Changeable<T> = T extends readonly (infer E)[]
  ? Changeable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Changeable<T[K]> }
    : T

const codesOf = (plan: unknown) => [...new Set(checkPlan(handMadeInstance, plan).faults.map(({ code }) => code))]

test('a plan made by hand keeps every rule, and its objective is found again', () => {
  const { faults, objective } = checkPlan(handMadeInstance, handMadePlan)

  assert.deepEqual(faults, [])
  assert.deepEqual(objective, handMadePlan.objective)
})

type ChangeablePlan = Changeable<Plan>
type ChangeableRoute = Changeable<PlannedRoute>
type ChangeableSession = Changeable<PlannedSession>

/** The parts of the plan made by hand, by name, to be changed. */
function partsOf(plan: ChangeablePlan) {
  const [thursday, friday, saturday] = plan.routes as [ChangeableRoute, ChangeableRoute, ChangeableRoute]
  const [school, hallAccounts, hallCards] = thursday.sessions as [
    ChangeableSession,
    ChangeableSession,
    ChangeableSession,
  ]
  const [afternoon, evening] = friday.sessions as [ChangeableSession, ChangeableSession]
  const [hamlet, hamletLater] = saturday.sessions as [ChangeableSession, ChangeableSession]
  return { plan, thursday, friday, saturday, school, hallAccounts, hallCards, afternoon, evening, hamlet, hamletLater }
}
type Parts = ReturnType<typeof partsOf>

/** A route without legs and sessions. */
const idle = (team: string, day: string, officers: string[]): ChangeableRoute => ({
  team,
  day,
  officers,
  kits: [],
  departs: '08:00',
  returns: '09:00',
  travelMinutes: 0,
  overtimeMinutes: 0,
  legs: [],
  sessions: [],
})

const people = (session: ChangeableSession, count: number) => {
  for (const served of session.serves) served.people = count
}

/** For each fault, a change of the plan made by hand after which it has this fault and, but for numbers, no other. */
const breaking: Record<PlanFaultCode, (parts: Parts) => void> = {
  malformed: ({ plan }) => Object.assign(plan, { routes: 'none' }),
  'other-instance': ({ plan }) => Object.assign(plan.instance, { sha256: '0'.repeat(64) }),
  'unknown-name': ({ friday }) => Object.assign(friday, { team: 'west' }),
  'session-id-twice': ({ evening }) => Object.assign(evening, { id: 'counter-afternoon' }),
  'no-officer': ({ plan }) => plan.routes.push(idle('south', '2026-10-08', [])),

  'team-twice': ({ plan }) => plan.routes.push(idle('north', '2026-10-08', ['n3'])),
  'officer-twice': ({ thursday }) => Object.assign(thursday, { officers: ['n1', 'n1'] }),
  'kit-twice': ({ plan }) => plan.routes.push({ ...idle('south', '2026-10-08', ['s2']), kits: ['kit-b'] }),
  'officer-of-other-team': ({ friday }) => Object.assign(friday, { officers: ['n3'] }),
  'officer-away': ({ saturday }) => Object.assign(saturday, { officers: ['n1', 'n2'] }),
  'kit-away': ({ friday }) => friday.kits.push('kit-a'),

  'leaves-from-elsewhere': ({ thursday, school }) => {
    thursday.legs[1] = byRoad('town', 'village', '07:40', '08:10', 15)
    school.from = '08:35'
    people(school, 27)
  },
  'session-elsewhere': ({ afternoon }) =>
    Object.assign(afternoon, { site: 'hall', from: '14:45', serves: [], kinds: [] }),
  'no-leg-between-sites': ({ thursday }) => thursday.legs.splice(2, 1),
  'ends-elsewhere': ({ thursday }) => thursday.legs.pop(),
  overlap: ({ hallCards }) => Object.assign(hallCards, { from: '14:50' }),
  'set-up-short': ({ school }) => Object.assign(school, { from: '08:20' }),
  'pack-up-short': ({ thursday }) => {
    thursday.legs[3] = byRoad('village', 'depot', '16:05', '16:30', 12)
  },
  'leg-minutes': ({ thursday }) => Object.assign(thursday.legs[0] ?? {}, { arrives: '07:38' }),
  'leg-km': ({ thursday }) => Object.assign(thursday.legs[0] ?? {}, { km: 5 }),
  'no-road': ({ saturday }) => Object.assign(saturday.legs[0] ?? {}, { by: 'road' }),
  'no-boat': ({ saturday }) => Object.assign(saturday.legs[1] ?? {}, { departs: '15:00', arrives: '15:45' }),

  'kit-not-fetched': ({ thursday }) => thursday.legs.splice(0, 2, byRoad('town', 'village', '07:30', '08:00', 15)),
  'kit-not-brought-back': ({ thursday }) => thursday.legs.splice(3, 2, byRoad('village', 'town', '16:10', '16:40', 15)),
  'kits-of-two-places': ({ thursday }) => thursday.kits.push('kit-a'),

  'empty-session': ({ hamletLater }) => Object.assign(hamletLater, { to: '13:30', serves: [], kinds: [] }),
  'outside-shift': ({ afternoon, evening }) => {
    afternoon.to = '17:40'
    evening.from = '17:40'
    people(evening, 5)
  },
  'site-closed': ({ plan, school }) =>
    plan.routes.push({
      ...idle('north', '2026-10-09', ['n3']),
      returns: '10:45',
      legs: [byRoad('town', 'village', '08:00', '08:30', 15), byRoad('village', 'town', '10:15', '10:45', 15)],
      sessions: [
        { ...school, id: 'in-exams', from: '08:55', to: '10:00', kits: [], kinds: [], serves: [], keeps: undefined },
      ],
    }),
  'two-sites-in-a-shift': ({ plan, school, hallCards }) => {
    const nobody = { kits: [], kinds: [], serves: [], keeps: undefined, shift: 'morning' }
    plan.routes.push({
      ...idle('north', '2026-10-12', ['n3']),
      returns: '10:30',
      legs: [
        byRoad('town', 'village', '08:00', '08:30', 15),
        byRoad('village', 'village', '09:05', '09:10', 1),
        byRoad('village', 'town', '10:00', '10:30', 15),
      ],
      sessions: [
        { ...hallCards, ...nobody, id: 'hall-early', from: '08:45', to: '08:55' },
        { ...school, ...nobody, id: 'school-early', from: '09:35', to: '09:45' },
      ],
    })
  },
  'in-break': ({ hallAccounts }) => Object.assign(hallAccounts, { from: '13:20' }),

  'outside-ordinary-hours': ({ thursday }) => Object.assign(thursday, { departs: '07:00' }),
  'outside-order': ({ saturday }) => Object.assign(saturday, { departs: '06:20' }),
  'overtime-without-order': ({ plan }) =>
    plan.routes.push({ ...idle('north', '2026-10-12', ['n3']), returns: '15:00' }),
  'overtime-above-order': ({ friday }) => Object.assign(friday, { returns: '18:40' }),

  'month-cap': ({ saturday }) => Object.assign(saturday, { officers: ['n1', 'n4'] }),
  'year-cap': ({ saturday }) => Object.assign(saturday, { officers: ['n1', 'n5'] }),
  'rest-day-cap': ({ saturday }) => Object.assign(saturday, { officers: ['n1', 'n6'] }),

  'kit-not-on-route': ({ hallAccounts }) => hallAccounts.kits.push('kit-a'),
  'over-kit-capacity': ({ school }) => people(school, 29),
  'over-officer-capacity': ({ afternoon }) => people(afternoon, 38),
  'too-few-officers': ({ thursday }) => Object.assign(thursday, { officers: ['n1'] }),

  'over-served': ({ hallCards }) => people(hallCards, 11),
  'demand-elsewhere': ({ hallCards }) =>
    Object.assign(hallCards.serves[0] ?? {}, { demand: 'school/capture', people: 2, lastDay: '2026-10-09' }),

  'locked-not-kept': ({ plan }) => plan.routes.shift(),
  'keeps-another': ({ afternoon }) => Object.assign(afternoon, { keeps: 'at-counter' }),

  'route-number': ({ thursday }) => Object.assign(thursday, { travelMinutes: 74 }),
  'served-number': ({ afternoon }) => Object.assign(afternoon.serves[0] ?? {}, { inTime: true }),
  'objective-number': ({ plan }) => Object.assign(plan.objective, { total: 17_189 }),
  'late-list': ({ plan }) => plan.late.pop(),
  'late-reason': ({ plan }) => Object.assign(plan.late[1] ?? {}, { why: 'never-open' }),
  'bound-above': ({ plan }) => Object.assign(plan.bound ?? {}, { latePeople: 103 }),
  'gap-number': ({ plan }) => Object.assign(plan, { gap: 0.12 }),
}

for (const [code, change] of Object.entries(breaking) as [PlanFaultCode, (parts: Parts) => void][])
  test(`a plan that breaks ${ruleOfFault[code]} is found by ${code}`, () => {
    const plan = structuredClone(handMadePlan) as ChangeablePlan
    change(partsOf(plan))

    const found = codesOf(plan)

    // Whoever changes a route changes its sums: they count where they are what was broken.
    const isOfNumbers = (one: PlanFaultCode) => ruleOfFault[one] === 'a number'
    assert.deepEqual(isOfNumbers(code) ? found : found.filter(one => !isOfNumbers(one)), [code])
  })

test('whatever else a file holds is a fault and never an exception', () => {
  const { gap: _, ...withoutGap } = handMadePlan
  for (const file of [undefined, null, 7, 'plan', [], {}, { ...handMadePlan, routes: [null] }])
    assert.ok(codesOf(file).includes('malformed'))
  assert.deepEqual(codesOf(withoutGap), ['gap-number'])
  const unreal = structuredClone(handMadePlan) as ChangeablePlan
  partsOf(unreal).friday.day = '2026-02-30'
  assert.deepEqual(codesOf(unreal), ['malformed'])
})
