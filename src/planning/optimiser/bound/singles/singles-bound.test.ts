import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { greedyPlan } from '../../greedy.fixture.ts'
import type { InstanceDemand, PlanInstance } from '../../instance.ts'
import { madeInstance } from '../../made-instance.fixture.ts'
import { madeSizes } from '../../made-sizes.fixture.ts'
import type { PlannedRoute, PlannedSession } from '../../plan.ts'
import { searchedPlan } from '../../replanning/searched-plan.fixture.ts'
import { compile } from '../../solving/compile.ts'
import { randomOf } from '../../solving/random.ts'
import { tinyInstances, tinyOptima } from '../../tiny-instances.fixture.ts'
import type { BoundWeights } from '../route-columns.ts'
import { singlesBound } from './singles-bound.ts'
import { SinglesDual } from './singles-dual.ts'

const weightsOf = ({ prices }: PlanInstance): BoundWeights => ({ minute: 1, ...prices })

const proved = (instance: PlanInstance, weights: BoundWeights, steps = 200): number => {
  const given = compile(instance)
  return singlesBound(given, new SinglesDual(given), { weights, progress: at => at / steps })
}

const lateAlone: BoundWeights = { minute: 0, latePerson: 1, unservedPerson: 0 }

test('whatever the prices are, no plan by hand is below what they prove', () => {
  fc.assert(
    fc.property(madeSizes, fc.integer(), fc.constantFrom(0.1, 1, 30), (size, seed, level) => {
      const instance = madeInstance(size)
      const dual = new SinglesDual(compile(instance))
      dual.takeWeights(weightsOf(instance))
      const random = randomOf(seed)
      for (const list of Object.values(dual.prices))
        list.forEach((_: number, at: number) => {
          list[at] = random() < 0.3 ? 0 : level * random()
        })

      assert.ok(dual.reckon(1) <= greedyPlan(instance).objective.total + 1e-6)
    }),
    { numRuns: 150 },
  )
})

test('no plan that was searched for is below the bound, and none leaves fewer late', () => {
  fc.assert(
    fc.property(madeSizes, size => {
      const instance = madeInstance(size)
      const { objective } = searchedPlan(instance, 60)

      assert.ok(proved(instance, weightsOf(instance), 120) <= objective.total + 1e-6)
      assert.ok(proved(instance, lateAlone, 120) <= objective.latePeople + 1e-6)
    }),
    { numRuns: 60 },
  )
})

const minutesIn = ({ from, to }: PlannedSession) =>
  Number(to.slice(0, 2)) * 60 + Number(to.slice(3)) - Number(from.slice(0, 2)) * 60 - Number(from.slice(3))

/** The instance of one officer, or one kit, on one day alone. */
function aloneOn(instance: PlanInstance, { day, team }: PlannedRoute, kit?: string): PlanInstance {
  const officers = (one: PlanInstance['teams'][number]) => one.officers.filter(({ away }) => !away.includes(day))
  return {
    ...instance,
    ...{ from: day, to: day, days: instance.days.filter(one => one.day === day), announced: [] },
    teams: kit
      ? []
      : instance.teams.flatMap(one => (one.id === team ? { ...one, officers: officers(one).slice(0, 1) } : [])),
    kits: instance.kits.filter(({ id }) => id === kit),
  }
}

/** What the best day is worth by so much a minute at each site, less so much for each minute of travel and overtime. */
function worthOfBestDay(instance: PlanInstance, rates: readonly number[], minute: number): number {
  const dual = new SinglesDual(compile(instance))
  dual.takeWeights({ minute, latePerson: 0, unservedPerson: 0 })
  const speed = (instance.kits[0]?.speedPercent ?? 100) / 100
  for (const prices of [dual.prices.byKit, dual.prices.byOfficer])
    prices.forEach((_, at) => {
      const isOfOthers = instance.kits.length > 0 && prices === dual.prices.byOfficer
      prices[at] = isOfOthers ? 0 : (rates[at % rates.length] as number) / (prices === dual.prices.byKit ? speed : 1)
    })
  return -dual.reckon(1)
}

test('no day of an officer or a kit in a plan is worth more than the best one of the relaxation', () => {
  fc.assert(
    fc.property(madeSizes, fc.integer(), fc.constantFrom(0, 3, 30), (size, seed, minute) => {
      const instance = madeInstance(size)
      const random = randomOf(seed)
      const rates = instance.sites.map(() => 3 + 30 * random())
      const rateOf = (site: string) => rates[instance.sites.findIndex(({ id }) => id === site)] as number
      for (const route of searchedPlan(instance, 20).routes.slice(0, 6)) {
        const hasNeed = (site: string, isKit: boolean) =>
          instance.demands.some(one => one.site === site && one.people > 0 && (!isKit || one.kind !== 'activation'))
        const worth = (kit?: string) =>
          route.sessions
            .filter(({ site, kits }) => hasNeed(site, kit !== undefined) && (!kit || kits.includes(kit)))
            .reduce((sum, one) => sum + rateOf(one.site) * minutesIn(one), 0)
        const atLeast = worth() - minute * (route.travelMinutes + route.overtimeMinutes)
        const best = worthOfBestDay(aloneOn(instance, route), rates, minute)

        assert.ok(best >= atLeast - 1e-6, `an officer of ${route.team} on ${route.day}: ${best} below ${atLeast}`)
        for (const kit of route.kits) {
          const ofKit = worthOfBestDay(aloneOn(instance, route, kit), rates, minute)
          assert.ok(ofKit >= worth(kit) - 1e-6, `${kit} on ${route.day}: ${ofKit} below ${worth(kit)}`)
        }
      }
    }),
    { numRuns: 150 },
  )
})

test('the bound is at most the optimum of each tiny instance, and leaves no more late', () => {
  for (const [at, { total }] of tinyOptima) {
    const instance = tinyInstances[at] as PlanInstance
    const bound = proved(instance, weightsOf(instance))

    assert.ok(bound <= total + 1e-6, `${instance.name}: ${bound} above ${total}`)
    assert.ok(proved(instance, lateAlone) <= greedyPlan(instance).objective.latePeople + 1e-6)
  }
})

/** Two officers at the place of the only site: a Thursday of 450 minutes, of which setting up and packing take some. */
function oneCounter(people: number): PlanInstance {
  const [made] = [madeInstance({ seed: 1, sites: 1, teams: 1, officers: 2, kits: 0, days: 1 })]
  const [site, team, day] = [made.sites[0], made.teams[0], made.days[0]]
  assert.ok(site && team && day)
  const officer = { away: [], overtimeBefore: {}, restDaysBefore: {} }
  return {
    ...made,
    days: [{ day: day.day, ordinary: day.ordinary, breaks: day.breaks }],
    sites: [
      {
        ...site,
        ...{ place: team.base, setUpMinutes: 0, packMinutes: 0, closed: [] },
        open: [{ from: day.day, to: day.day, hours: [['07:00', '21:00']] }],
      },
    ],
    teams: [{ ...team, officers: ['a', 'b'].map(id => ({ id, name: id, ...officer })) }],
    demands: [{ id: 'all', site: site.id, kind: 'activation', people, minutesEach: 5, lastDay: day.day }],
  }
}

test('from a school to a hamlet in the evening a day loses packing, the way and setting up, or little less', () => {
  const counter = oneCounter(1000)
  const [day, site, team] = [counter.days[0], counter.sites[0], counter.teams[0]]
  assert.ok(day && site && team)
  const [near, far] = ['here', 'there'].map(id => ({ id, name: id })) as [
    { id: string; name: string },
    { id: string; name: string },
  ]
  const openFor = (id: string, hours: readonly [string, string]) => ({
    ...site,
    ...{ id, place: id, setUpMinutes: 20, packMinutes: 10 },
    open: [{ from: day.day, to: day.day, hours: [hours] }],
  })
  const instance: PlanInstance = {
    ...counter,
    days: [{ ...day, overtime: { minutes: 480, from: '06:30', to: '19:30' } }],
    places: [near, far],
    travel: {
      minutes: [
        [5, 8],
        [8, 5],
      ],
      km: [
        [1, 5],
        [5, 1],
      ],
    },
    sites: [openFor('here', ['13:30', '17:00']), openFor('there', ['17:30', '21:00'])],
    teams: [{ ...team, base: 'here', officers: team.officers.slice(0, 1) }],
    demands: ['here', 'there'].map(id => ({ ...(counter.demands[0] as InstanceDemand), id, site: id })),
  }
  // 13:30 to 17:00, packed up at 17:10, there at 17:18, set up from 17:38 to 19:12, home at 19:30: 150 of overtime.
  const real = 10 * (210 + 94) - 16 - 150
  const best = worthOfBestDay(instance, [10, 10], 1)

  assert.ok(best >= real - 1e-6 && best <= real + 30 * 10, `${best} for ${real}`)
})

test('at one counter as many are proved late as two officers cannot serve in a day', () => {
  // 2 officers × 450 minutes serve 180 people of 5 minutes.
  const bound = proved(oneCounter(300), lateAlone)

  assert.ok(bound > 119 && bound <= 120 + 1e-6, `${bound}`)
  assert.equal(Math.round(proved(oneCounter(150), lateAlone)), 0)
})

test('what lateness costs is proved nearly whole where nothing else costs anything', () => {
  const instance = oneCounter(300)
  const { latePerson, unservedPerson } = instance.prices
  const bound = proved(instance, weightsOf(instance))

  assert.ok(bound > 0.99 * 120 * (latePerson + unservedPerson), `${bound}`)
})
