import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, asDay } from '../platform/day.ts'
import { asId, newId } from '../platform/ids.ts'
import { builtInLaw } from '../platform/law.ts'
import { initialsOf } from './initials.ts'
import {
  addUp,
  type OfficerDay,
  type OfficerWeek,
  officerPattern,
  officerRules,
  type PersonWeek,
  personPattern,
  quantile,
  releasedTogetherPattern,
  releasePattern,
  togetherPattern,
} from './pattern.ts'

const day = asDay('2023-04-19')
const unitId = newId<'unit'>()

const aDay = (given: Partial<OfficerDay> = {}): OfficerDay => ({
  ...{ day, officerId: newId<'officer'>(), unitId, role: 'ward-officer', readings: 100, people: 80, untied: 20 },
  ...{ untiedPeople: 15, strangers: 5, offHours: 0, offHoursPeople: 0, offHoursFrom: null, offHoursTo: null },
  ...{ busiestPeople: 6, busiestAt: null, searches: 4, idleSearches: 1, exported: 0, kin: 0, deeds: 30 },
  hours: Array.from({ length: 24 }, () => 4),
  releases: [],
  ...given,
})
const weekOf = (given: Partial<OfficerDay>) => addUp([aDay(given)]) ?? assert.fail()
const rulesOf = (given: Partial<OfficerDay>, peers: readonly Partial<OfficerDay>[] = []) => {
  const week = weekOf(given)
  const all = [week, ...peers.map(weekOf)]
  return officerRules.filter(rule => officerPattern(rule, week, all, builtInLaw))
}

test('an ordinary day stands out by no rule, and each measure by its own', () => {
  assert.deepEqual(rulesOf({}), [])
  assert.deepEqual(rulesOf({ offHoursPeople: 10 }), ['off-hours'])
  assert.deepEqual(rulesOf({ offHoursPeople: 9 }), [])
  assert.deepEqual(rulesOf({ strangers: 30 }), ['strangers'])
  assert.deepEqual(rulesOf({ busiestPeople: 60 }), ['quick'])
  assert.deepEqual(rulesOf({ kin: 1 }), ['own-kin'])
  assert.deepEqual(rulesOf({ idleSearches: 25 }), ['searches'])
  assert.deepEqual(rulesOf({ exported: 2000 }), ['exported'])
})

test('what all peers of the unit do stands out only from three times the least on', () => {
  const peers = [{ strangers: 28 }, { strangers: 32 }, { strangers: 30 }]
  assert.deepEqual(rulesOf({ strangers: 40 }, peers), [])
  assert.deepEqual(rulesOf({ strangers: 90 }, peers), ['strangers'])
  const evidence = officerPattern('strangers', weekOf({ strangers: 90 }), peers.map(weekOf), builtInLaw)
  assert.deepEqual([evidence?.peers.among, evidence?.peers.median, evidence?.count], ['unit', 30, 90])
})

test('with few peers in the unit those of the role everywhere make the median, and with few of them none', () => {
  const others = [1, 2, 3].map(strangers => ({ strangers, unitId: newId<'unit'>() }))
  const among = (peers: readonly Partial<OfficerDay>[]) =>
    officerPattern('strangers', weekOf({ strangers: 30 }), peers.map(weekOf), builtInLaw)?.peers.among
  assert.equal(among(others), 'role')
  assert.equal(among(others.slice(1)), 'none')
  assert.equal(among(others.map(one => ({ ...one, role: 'district-officer' }))), 'none')
})

test('readings in the last days of a post stand out, and the same in a post that goes on do not', () => {
  const week = weekOf({ untiedPeople: 20 })
  assert.equal(officerPattern('leaving', week, [week], builtInLaw), undefined)
  const leaving = { ...week, endsOn: addDays(day, 5) }
  assert.equal(officerPattern('leaving', leaving, [leaving], builtInLaw)?.endsOn, '2023-04-24')
})

test('more readings of an officer never make a pattern go away', () => {
  const counts = fc.record({
    offHoursPeople: fc.nat(60),
    strangers: fc.nat(120),
    busiestPeople: fc.nat(200),
    idleSearches: fc.nat(90),
    exported: fc.nat(9000),
    kin: fc.nat(3),
  })
  fc.assert(
    fc.property(counts, fc.array(counts, { maxLength: 6 }), fc.nat(50), (own, peers, more) => {
      const before = new Set(rulesOf(own, peers))
      const grown = Object.fromEntries(Object.entries(own).map(([name, count]) => [name, count + more]))
      const after = new Set(rulesOf(grown, peers))
      assert.ok(before.isSubsetOf(after))
    }),
  )
})

test('the strangers of two officers add up where neither stands out, and not where one does', () => {
  const week = (strangers: number) => weekOf({ strangers })
  const found = togetherPattern([week(25), week(25)], [], builtInLaw)
  assert.deepEqual([found?.evidence.count, found?.evidence.shares], [50, [25, 25]])
  assert.equal(togetherPattern([week(20), week(20)], [], builtInLaw), undefined)
  assert.equal(togetherPattern([week(45)], [], builtInLaw), undefined)
  assert.equal(togetherPattern([week(40), week(25)], [], builtInLaw), undefined)
})

test('numbers stand out by the school that got most, and not where an officer serves many schools', () => {
  const [one, two] = [newId<'school'>(), newId<'school'>()]
  const gave = (...counts: number[]) =>
    weekOf({ releases: counts.map((people, nth) => ({ schoolId: [one, two][nth] ?? newId<'school'>(), people })) })
  const found = (week: OfficerWeek, peers: readonly OfficerWeek[] = []) =>
    releasePattern(week, one, [week, ...peers], builtInLaw)
  assert.equal(found(gave(119, 119)), undefined)
  assert.deepEqual([found(gave(120))?.count, found(gave(120))?.schoolId], [120, one])
  // In the weeks in which all peers do it, from three times the least on.
  assert.equal(found(gave(200), [gave(110), gave(100), gave(110)]), undefined)
  assert.equal(found(gave(360), [gave(200), gave(200), gave(200)])?.peers.median, 200)
})

test('officers who share a school’s numbers add up, and one who stands out alone is not shown twice', () => {
  const school = newId<'school'>()
  const gave = (people: number) => weekOf({ releases: [{ schoolId: school, people }] })
  const found = (...counts: number[]) => releasedTogetherPattern(counts.map(gave), school, [10, 20], builtInLaw)
  assert.deepEqual([found(90, 60)?.evidence.shares, found(90, 60)?.evidence.count], [[90, 60], 150])
  assert.equal(found(90, 59), undefined)
  assert.equal(found(150), undefined)
  assert.equal(found(120, 60), undefined)
})

const read = (...counts: number[]): PersonWeek => ({
  ...{ personId: newId<'person'>(), unitId, from: day, to: day, days: 1 },
  officers: counts.map(count => ({ id: newId<'officer'>(), unitId, count })),
})

test('one person whom two read twelve times, five officers read, or all read, stands out', () => {
  assert.ok(personPattern('one-person', read(6, 6), [], builtInLaw))
  assert.equal(personPattern('one-person', read(6, 5), [], builtInLaw), undefined)
  assert.equal(personPattern('one-person', read(4, 4, 4), [], builtInLaw), undefined)
  assert.equal(personPattern('many-officers', read(1, 1, 1, 1, 1), [], builtInLaw)?.count, 5)
  assert.ok(personPattern('known-person', read(8, 8, 4), [1, 2, 3], builtInLaw))
  assert.equal(personPattern('known-person', read(8, 8, 3), [1, 2, 3], builtInLaw), undefined)
})

test('days of a week add up, hour by hour, with the worst night and the busiest hour of them', () => {
  const officerId = asId<'officer'>('0191e4c0-0000-7000-8000-000000000001')
  const night = new Date('2023-04-18T16:00:00Z')
  const week = addUp([
    aDay({ officerId, day: asDay('2023-04-18'), offHoursPeople: 9, offHoursFrom: night, busiestPeople: 9 }),
    aDay({ officerId, offHoursPeople: 4, busiestPeople: 30 }),
  ])
  assert.deepEqual(
    [week?.from, week?.to, week?.days, week?.readings, week?.offHoursPeople, week?.offHoursFrom, week?.busiestPeople],
    ['2023-04-18', '2023-04-19', 2, 200, 13, night, 30],
  )
  assert.equal(week?.hours[3], 8)
  assert.equal(addUp([]), undefined)
  assert.deepEqual([quantile([], 0.5), quantile([3], 0.5), quantile([1, 2, 3, 10], 0.5)], [0, 3, 2.5])
})

test('initials keep the letters that belong together, and nothing else of a name', () => {
  assert.equal(initialsOf('Nguyễn Thị Hoà'), 'Ng. Th. H.')
  assert.equal(initialsOf('Đỗ Khắc Trường Giang'), 'Đ. Kh. Tr. Gi.')
  assert.equal(initialsOf('Lê Quỳnh Anh'), 'L. Qu. A.')
  assert.equal(initialsOf(''), '')
})
