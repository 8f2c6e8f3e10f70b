import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../platform/problem.ts'
import { type Changeable, exampleInstance } from './example-instance.fixture.ts'
import type { PlanInstance } from './instance.ts'
import { instanceHash } from './instance-hash.ts'
import { readInstance } from './read-instance.ts'

type Draft = Changeable<PlanInstance>

/** The sentences with which something is refused; none where it is read. */
function faultsOf(value: unknown): readonly string[] {
  try {
    readInstance(value)
    return []
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    assert.equal(error.code, 'plan-instance-malformed')
    return error.facts['faults'] as readonly string[]
  }
}

const at = <Entry>(list: readonly Entry[], i = 0): Entry => list[i] as Entry
const anything = (value: unknown) => value as never
/** Puts a value where the types allow none, as a stranger's file may. */
const put = (of: object, name: string, value: unknown) => Object.assign(of, { [name]: value })
const drop = (of: object, name: string) => Reflect.deleteProperty(of, name)

const cannotBeHeld = 'announced[1] is locked and cannot be held'

/** What is done to the example, and the one sentence that must follow. */
const broken: Readonly<Record<string, readonly [change: (draft: Draft) => unknown, sentence: string]>> = {
  'negative people': [
    draft => put(at(draft.demands, 3), 'people', -2),
    'demands[3].people is -2: it must be 0 or more',
  ],
  'half a person': [
    draft => put(at(draft.demands), 'people', 2.5),
    'demands[0].people is 2.5: it must be a whole number',
  ],
  'people as a text': [
    draft => put(at(draft.demands), 'people', '95'),
    'demands[0].people is 95: it must be a whole number',
  ],
  'no minutes for a person': [
    draft => put(at(draft.demands), 'minutesEach', 0),
    'demands[0].minutesEach is 0: it must be 1 or more',
  ],
  'an unknown kind': [
    draft => put(at(draft.demands), 'kind', 'selling'),
    'demands[0].kind is selling: it must be one of capture, activation, raising',
  ],
  'a day that the calendar has not': [
    draft => put(at(draft.demands), 'lastDay', '2023-02-30'),
    'demands[0].lastDay is 2023-02-30: it must be a day YYYY-MM-DD that the calendar has',
  ],
  'a misspelt member': [
    draft => put(at(draft.sites), 'setupMinutes', 3),
    'sites[0].setupMinutes is not known: nothing reads it',
  ],
  'a missing member': [draft => drop(at(draft.kits), 'store'), 'kits[0].store is missing'],
  'a missing list': [draft => drop(draft, 'crossings'), 'crossings is missing'],
  'an unknown list': [draft => put(draft, 'boats', []), 'boats is not known: nothing reads it'],
  'a list that is none': [draft => put(draft, 'kits', { a: 1 }), 'kits is an object: it must be a list'],
  'an entry that is none': [draft => put(draft.kits, '1', 7), 'kits[1] is 7: it must be an object'],
  'another format': [
    draft => put(draft, 'format', 'dinhdanh-plan/1'),
    'format is dinhdanh-plan/1: it must be dinhdanh-plan-instance/1',
  ],
  'a negative price': [draft => put(draft.prices, 'latePerson', -1), 'prices.latePerson is -1: it must be 0 or more'],
  'an hour that is none': [
    draft => put(at(draft.shifts), 'from', '24:30'),
    'shifts[0].from is 24:30: it must be an hour HH:MM from 00:00 to 24:00',
  ],
  'a shift of no length': [
    draft => put(at(draft.shifts, 2), 'to', '18:00'),
    'shifts[2] is from 18:00 to 18:00: it must end after it begins',
  ],
  'shifts that overlap': [
    draft => put(at(draft.shifts, 2), 'from', '17:00'),
    'shifts[2] begins at 17:00: shifts[1] lasts until 17:30',
  ],
  'ordinary hours that overlap': [
    draft =>
      put(at(draft.days, 1), 'ordinary', [
        ['07:30', '12:00'],
        ['11:30', '17:00'],
      ]),
    'days[1].ordinary[1] begins at 11:30: days[1].ordinary[0] lasts until 12:00',
  ],
  'breaks that overlap, in whatever order': [
    draft =>
      put(at(draft.days), 'breaks', [
        ['12:00', '13:00'],
        ['11:30', '12:30'],
      ]),
    'days[0].breaks[0] begins at 12:00: days[0].breaks[1] lasts until 12:30',
  ],
  'a reversed break': [
    draft => put(at(draft.days), 'breaks', [['13:30', '11:30']]),
    'days[0].breaks[0] is from 13:30 to 11:30: it must end after it begins',
  ],
  'an order of overtime that ends before it begins': [
    draft => put(at(draft.days, 3), 'overtime', { minutes: 60, from: '20:30', to: '06:30' }),
    'days[3].overtime is from 20:30 to 06:30: it must end after it begins',
  ],
  'a day that is left out': [
    draft => draft.days.splice(2, 1),
    'days[2].day is 2023-04-20: it must be 2023-04-19, each day from 2023-04-17 to 2023-04-23 once and in order',
  ],
  'a day that is there twice': [
    draft => draft.days.splice(2, 0, at(draft.days, 1)),
    'days[2].day is 2023-04-18: it must be 2023-04-19, each day from 2023-04-17 to 2023-04-23 once and in order',
  ],
  'days that end too early': [
    draft => draft.days.pop(),
    'days ends before 2023-04-23: each day from 2023-04-17 to 2023-04-23 must be there',
  ],
  'days that go on': [
    draft => draft.days.push({ day: '2023-04-24', ordinary: [], breaks: [] }),
    'days[7].day is 2023-04-24: the last one is 2023-04-23',
  ],
  'days that end before they begin': [
    draft => put(draft, 'to', '2023-04-10'),
    'to is 2023-04-10: it must not be before from, 2023-04-17',
  ],
  'a plan of a thousand years': [
    draft => put(draft, 'to', '2199-12-31'),
    'to is 2199-12-31: from 2023-04-17 on these are 64542 days, the most are 100',
  ],
  'two places of one id': [
    draft => put(at(draft.places, 3), 'id', 'bac'),
    'places[3].id is bac: places[1] has this id',
  ],
  'two demands of one id': [
    draft => put(at(draft.demands, 1), 'id', 'bac-cccd'),
    'demands[1].id is bac-cccd: demands[0] has this id',
  ],
  'an empty id': [draft => put(at(draft.demands), 'id', ''), 'demands[0].id is empty: it must be not empty'],
  'a table of travel that is not square': [
    draft => at(draft.travel.minutes).pop(),
    'travel.minutes[0] has 3 numbers: it must have 4, one for each place',
  ],
  'a table of travel for fewer places': [
    draft => draft.travel.km.pop(),
    'travel.km has 3 rows: it must have 4, one for each place',
  ],
  'negative travel': [
    draft => put(at(draft.travel.minutes, 1), '2', -5),
    'travel.minutes[1][2] is -5: it must be a whole number from 0 to 10080, or null',
  ],
  'half a minute of travel': [
    draft => put(at(draft.travel.minutes, 1), '2', 5.5),
    'travel.minutes[1][2] is 5.5: it must be a whole number from 0 to 10080, or null',
  ],
  'a road without a length': [
    draft => put(at(draft.travel.km, 1), '2', null),
    'travel.km[1][2] is null: travel.minutes has 55; where no road is, both are null',
  ],
  'a boat to nowhere': [
    draft => put(at(draft.crossings), 'to', 'co-to'),
    'crossings[0].to is co-to: no place has this id',
  ],
  'a boat that goes nowhere': [
    draft => put(at(draft.crossings), 'to', 'trung-tam'),
    'crossings[0].to is trung-tam: it must be another place than from',
  ],
  'a site at an unknown place': [
    draft => put(at(draft.sites, 3), 'place', 'tay'),
    'sites[3].place is tay: no place has this id',
  ],
  'a site that is open in an empty window': [
    draft => put(at(at(draft.sites, 2).open), 'hours', [['08:00', '08:00']]),
    'sites[2].open[0].hours[0] is from 08:00 to 08:00: it must end after it begins',
  ],
  'a site that is open without hours': [
    draft => put(at(at(draft.sites, 2).open), 'hours', []),
    'sites[2].open[0].hours is a list: it must be a list of 1 or more',
  ],
  'a site whose season ends before it begins': [
    draft => put(at(at(draft.sites, 2).open), 'to', '2023-01-01'),
    'sites[2].open[0] is from 2023-04-17 to 2023-01-01: it must not end before it begins',
  ],
  'a site that is closed in reversed hours': [
    draft => put(at(at(draft.sites).closed), 'hours', ['11:30', '07:00']),
    'sites[0].closed[0].hours is from 11:30 to 07:00: it must end after it begins',
  ],
  'an eighth day of the week': [
    draft => put(at(at(draft.sites).open), 'weekdays', [8]),
    'sites[0].open[0].weekdays[0] is 8: it must be 7 or less',
  ],
  'a team without a known base': [
    draft => put(at(draft.teams), 'base', 'tay'),
    'teams[0].base is tay: no place has this id',
  ],
  'an officer in two teams': [
    draft => put(at(at(draft.teams, 1).officers, 2), 'id', 'cb-1'),
    'teams[1].officers[2].id is cb-1: teams[0].officers[0] has this id',
  ],
  'overtime before of no month': [
    draft => put(at(at(draft.teams).officers), 'overtimeBefore', { '2023-13': 5 }),
    'teams[0].officers[0].overtimeBefore.2023-13 is not known: nothing reads it',
  ],
  'negative overtime before': [
    draft => put(at(at(draft.teams).officers), 'overtimeBefore', { '2023-04': -5 }),
    'teams[0].officers[0].overtimeBefore.2023-04 is -5: it must be 0 or more',
  ],
  'a kit that is kept nowhere': [
    draft => put(at(draft.kits), 'store', 'tay'),
    'kits[0].store is tay: no place has this id',
  ],
  'a kit that takes more officers than any team has': [
    draft => put(at(draft.kits), 'officers', 4),
    'kits[0].officers is 4: no team has more than 3',
  ],
  'a kit without speed': [
    draft => put(at(draft.kits), 'speedPercent', 0),
    'kits[0].speedPercent is 0: it must be 1 or more',
  ],
  'a demand at an unknown site': [
    draft => put(at(draft.demands, 4), 'site', 'thpt-tay'),
    'demands[4].site is thpt-tay: no site has this id',
  ],
  'an announced session at an unknown site': [
    draft => put(at(draft.announced), 'site', 'thpt-tay'),
    'announced[0].site is thpt-tay: no site has this id',
  ],
  'an announced session of an unknown team': [
    draft => put(at(draft.announced), 'team', 'to-9'),
    'announced[0].team is to-9: no team has this id',
  ],
  'an announced session in an unknown shift': [
    draft => put(at(draft.announced), 'shift', 'dem'),
    'announced[0].shift is dem: no shift has this id',
  ],
  'an announced session with an unknown kit': [
    draft => put(at(draft.announced), 'kits', ['may-9']),
    'announced[0].kits[0] is may-9: no kit has this id',
  ],
  'an announced session with an officer of another team': [
    draft => put(at(draft.announced), 'officers', ['cb-4', 'cb-1']),
    'announced[0].officers[1] is cb-1: team to-2 has no such officer',
  ],
  'an announced session beyond the days': [
    draft => Object.assign(at(draft.announced, 1), { site: 'quay', day: '2023-04-24' }),
    'announced[1].day is 2023-04-24: the days are from 2023-04-17 to 2023-04-23',
  ],
  'an announced session beyond its shift': [
    draft => put(at(draft.announced, 1), 'to', '18:00'),
    'announced[1] is from 14:00 to 18:00: its shift is from 13:30 to 17:30',
  ],
  'an announced session that ends before it begins': [
    draft => put(at(draft.announced, 1), 'to', '13:45'),
    'announced[1] is from 14:00 to 13:45: it must end after it begins',
  ],
  'an announced session beyond the hours of its site': [
    draft => Object.assign(at(draft.announced, 1), { site: 'thon-dao', from: '16:30', to: '17:15' }),
    'announced[1] is from 16:30 to 17:15: its site is not open in all of these hours on 2023-04-19',
  ],
  'a locked session on an island without a boat that day': [
    draft => Object.assign(at(draft.announced, 1), { site: 'thon-dao', locked: true }),
    `${cannotBeHeld}: no team reaches its site in that shift on 2023-04-19 and is back in time`,
  ],
  'a locked session from which no boat returns in time': [
    draft => {
      Object.assign(at(draft.announced, 1), { site: 'thon-dao', day: '2023-04-18', locked: true })
      put(at(draft.crossings, 1), 'departs', '16:30')
    },
    `${cannotBeHeld}: no team reaches its site in that shift on 2023-04-18 and is back in time`,
  ],
  'a locked session at a site that closed since': [
    draft => at(draft.sites).closed.push({ from: '2023-04-18', to: '2023-04-18', why: 'bão' }),
    'announced[0] is locked and cannot be held: no hour of shift sang is left at its site on 2023-04-18',
  ],
  'a locked session on a day on which nobody goes out': [
    draft => Object.assign(at(draft.announced, 1), { day: '2023-04-23', locked: true }),
    `${cannotBeHeld}: 2023-04-23 has neither ordinary hours nor an order of overtime`,
  ],
  'a text that a terminal obeys': [
    draft => put(at(draft.sites), 'name', '\u001b[2J\u009b'),
    'sites[0].name is \\u001b[2J\\u009b: it must be plain text without control characters',
  ],
  'a text that reads backwards': [
    draft => put(at(draft.sites), 'id', 'a\u202eb'),
    'sites[0].id is a\\u202eb: it must be plain text without control characters',
  ],
  'half a character': [
    draft => put(at(draft.sites), 'name', '\ud83d'),
    'sites[0].name is \\ud83d: it must be plain text without control characters',
  ],
  'a member with a name that a terminal obeys': [
    draft => put(draft, '\u001b[2J', 1),
    '\\u001b[2J is not known: nothing reads it',
  ],
}

test('the example of the documents is read, and is what the file says', () => {
  assert.deepEqual(readInstance(exampleInstance()), exampleInstance())
})

for (const [what, [change, sentence]] of Object.entries(broken))
  test(`an instance with ${what} is refused in a sentence`, () => {
    const draft = exampleInstance()
    change(draft)
    const faults = faultsOf(draft)
    assert.ok(faults.includes(sentence), faults.join('\n'))
  })

test('what names a broken entry is no fault, and other parts are looked at all the same', () => {
  const draft = exampleInstance()
  put(at(draft.sites), 'setUpMinutes', -1)
  put(draft.prices, 'latePerson', 0.5)
  put(at(draft.demands, 1), 'site', 'thpt-tay')
  assert.deepEqual(faultsOf(draft), [
    'prices.latePerson is 0.5: it must be a whole number',
    'sites[0].setUpMinutes is -1: it must be 0 or more',
    'demands[1].site is thpt-tay: no site has this id',
  ])
})

test('what is no object is refused', () => {
  for (const [value, shown] of [
    [null, 'null'],
    [[], 'a list'],
    ['{}', '{}'],
    [undefined, 'missing'],
  ] as const)
    assert.deepEqual(faultsOf(value), [`the file is ${shown}: it must be an object`])
})

test('an unlocked session stays announced where its site closed since, a boat broke down or all are away', () => {
  const draft = exampleInstance()
  at(draft.announced).locked = false
  at(draft.sites).closed.push({ from: '2023-04-18', to: '2023-04-18', why: 'bão' })
  for (const officer of draft.teams.flatMap(({ officers }) => officers)) officer.away = ['2023-04-18']
  draft.crossings = []
  assert.deepEqual(faultsOf(draft), [])
})

test('a locked session on an island stays where the boats leave an hour between them', () => {
  const draft = exampleInstance()
  Object.assign(at(draft.announced, 1), { site: 'thon-dao', day: '2023-04-18', locked: true })
  assert.deepEqual(faultsOf(draft), [])
})

test('a season that lies beyond the plan, or of other weekdays, is no fault', () => {
  const draft = exampleInstance()
  at(draft.sites, 2).open.push({ from: '2023-09-01', to: '2023-12-31', weekdays: [6], hours: [['07:00', '11:00']] })
  at(draft.sites, 2).open = [...at(draft.sites, 2).open].reverse()
  assert.deepEqual(faultsOf(draft), [])
})

test('fifty faults are listed, and the rest counted', () => {
  const draft = exampleInstance()
  for (let i = 0; i < 70; i++) draft.demands.push({ ...at(draft.demands), id: `more-${i}`, people: -1 })
  const faults = faultsOf(draft)
  assert.equal(faults.length, 51)
  assert.equal(faults[49], 'demands[55].people is -1: it must be 0 or more')
  assert.equal(faults[50], 'and 20 more')
})

test('a list beyond its limit is refused by its name', () => {
  for (const [list, most] of [
    ['sites', 10_000],
    ['teams', 1_000],
    ['places', 2_000],
    ['demands', 60_000],
    ['announced', 20_000],
    ['days', 100],
  ] as const) {
    const draft = exampleInstance()
    put(draft, list, Array.from({ length: most + 1 }))
    const faults = faultsOf(draft)
    assert.ok(faults.includes(`${list} has ${most + 1} entries: the most are ${most}`), faults.join('\n'))
  }
})

/** An instance as large as one may be. */
function largest(): Draft {
  const draft = exampleInstance()
  const places = 2_000
  const [site, team, kit] = [at(draft.sites, 3), at(draft.teams), at(draft.kits)]
  draft.announced = []
  draft.crossings = []
  draft.places = Array.from({ length: places }, (_, i) => ({ id: `p${i}`, name: `Điểm ${i}` }))
  const row = (km: number) => Array.from({ length: places }, (_, i) => (i % 97) * km + 1)
  draft.travel = anything({
    minutes: Array.from({ length: places }, () => row(1)),
    km: Array.from({ length: places }, () => row(0.7)),
  })
  draft.sites = Array.from({ length: 10_000 }, (_, i) => ({ ...site, id: `s${i}`, place: `p${i % places}` }))
  draft.teams = Array.from({ length: 1_000 }, (_, i) => ({
    ...team,
    id: `t${i}`,
    base: `p${i}`,
    officers: team.officers.map((officer, o) => ({ ...officer, id: `o${i}-${o}` })),
  }))
  draft.kits = Array.from({ length: 1_000 }, (_, i) => ({ ...kit, id: `k${i}`, store: `p${i}` }))
  draft.demands = Array.from({ length: 60_000 }, (_, i) => ({
    ...at(draft.demands),
    id: `d${i}`,
    site: `s${i % 10_000}`,
  }))
  return draft
}

/** Milliseconds that this process computed: others may share the machine. */
function processorStopwatch(): () => number {
  const start = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  }
}

test('the largest instance is read, and refused where all of it is broken', () => {
  const draft = largest()
  const reading = processorStopwatch()
  assert.deepEqual(faultsOf(draft), [])
  assert.ok(reading() < 30_000, `${reading()} ms`)
  for (const demand of draft.demands) Object.assign(demand, { people: -1, site: 'none' })
  for (const row of draft.travel.minutes) row.fill(-1)
  const refusing = processorStopwatch()
  assert.equal(faultsOf(draft).length, 51)
  assert.ok(refusing() < 30_000, `${refusing()} ms`)
})

test('the hash of an instance changes with its meaning alone', () => {
  const hash = instanceHash(readInstance(exampleInstance()))
  assert.match(hash, /^[0-9a-f]{64}$/)
  const reversed = exampleInstance()
  const backwards = <Entry extends object>(entry: Entry) => Object.fromEntries(Object.entries(entry).reverse()) as Entry
  reversed.demands = reversed.demands.map(backwards)
  assert.equal(instanceHash(readInstance(reversed)), hash)
  const changed = exampleInstance()
  at(changed.demands).people += 1
  assert.notEqual(instanceHash(readInstance(changed)), hash)
})
