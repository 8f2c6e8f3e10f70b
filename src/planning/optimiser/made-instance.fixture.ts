import { type Day, weekday } from '../../platform/day.ts'
import {
  type AnnouncedSession,
  type HourSpan,
  type InstanceDemand,
  type InstanceSite,
  type InstanceTeam,
  instanceFormat,
  type PlanInstance,
} from './instance.ts'
import {
  allHours,
  boatsTo,
  daysInSequence,
  demandsOf,
  madeDays,
  madeKit,
  madeShifts,
  madeTeam,
  openSite,
  type PlacePoint,
  type PlanDice,
  planDice,
  roadsBetween,
  schoolSite,
  sharedOut,
} from './made-parts.fixture.ts'

/**
 * Seeded instances of a plan: small ones for properties, the province of a campaign by kits, and all accounts of a
 * province at the counters of its communes. The same seed gives the same instance.
 */

const schoolDay: readonly HourSpan[] = [['07:30', '21:00']]

/** 60 for whoever is not served at all comes on top of 120 for whoever is late. */
const madePrices = { latePerson: 120, unservedPerson: 60, movedSession: 240 } as const
const roomyCaps = { monthMinutes: 2400, yearMinutes: 12_000, restDaysAMonth: 4 } as const
const onePerson = { capture: 1, activation: 1, raising: 1 } as const

export type MadeSize = {
  readonly seed: number
  readonly sites?: number
  readonly teams?: number
  /** Of a team, at most. */
  readonly officers?: number
  readonly kits?: number
  readonly days?: number
  /** Of all sites together. */
  readonly people?: number
  readonly islands?: number
  readonly announced?: number
  /** The first day; 2026-10-08 is a Thursday, so four days have a Saturday by order and a Sunday without. */
  readonly from?: string
  /** How wide the places lie, in km. */
  readonly width?: number
  readonly caps?: Partial<PlanInstance['caps']>
  /** Of everybody, so that people fill hours without a rest, and halls open no earlier than schools; else 4 to 10. */
  readonly minutesEach?: number | undefined
}

/** From tiny (by default 3 sites, 2 teams, 1 kit, 4 days) to some dozens of sites; every rule occurs in some seed. */
export function madeInstance(size: MadeSize): PlanInstance {
  const { seed, sites = 3, teams = 2, officers = 2, kits = 1, days = 4, islands = 0, announced = 0 } = size
  const { people = sites * 60, from = '2026-10-08', width = 30, caps = {}, minutesEach } = size
  const dice = planDice(seed)
  const calendar = daysInSequence(from, days)
  const places = Array.from({ length: Math.max(1, sites - islands) + islands }, (_, at) => ({
    id: `place-${at + 1}`,
    name: `Place ${at + 1}`,
    x: dice.between(0, width),
    y: dice.between(0, width),
    isIsland: at >= Math.max(1, sites - islands),
  }))
  const onLand = places.filter(({ isIsland }) => !isIsland)
  const made = places
    .slice(0, sites)
    .map((place, at) =>
      madeSite(dice, { id: `site-${at + 1}`, place: place.id, calendar, hours: minutesEach ? schoolDay : allHours }),
    )
  const awayOf = () => calendar.filter(() => dice.chance(0.08))
  const madeTeams = Array.from({ length: teams }, (_, at) =>
    madeTeam(`team-${at + 1}`, dice.oneOf(onLand).id, { officers: dice.whole(1, officers), awayOf }),
  )
  const madeKits = Array.from({ length: kits }, (_, at) =>
    madeKit(`kit-${at + 1}`, dice.chance(0.7) ? dice.oneOf(madeTeams).base : dice.oneOf(onLand).id, {
      speedPercent: dice.oneOf([100, 100, 125]),
      officers: dice.chance(0.2) ? Math.min(2, officers) : 1,
      away: awayOf(),
    }),
  )
  const instance: PlanInstance = {
    format: instanceFormat,
    name: `Made ${seed}`,
    from: calendar[0] as Day,
    to: calendar.at(-1) as Day,
    prices: madePrices,
    caps: { ...roomyCaps, ...caps },
    leastOfficers: { ...onePerson, capture: dice.chance(0.2) ? Math.min(2, officers) : 1 },
    shifts: madeShifts,
    days: madeDays(calendar, () => dice.chance(0.3)),
    places: places.map(({ id, name }) => ({ id, name })),
    travel: roadsBetween(places, minutesEach ?? 1),
    crossings: places
      .filter(({ isIsland }) => isIsland)
      .flatMap(({ id }) =>
        boatsTo(id, dice.oneOf(onLand).id, {
          days: calendar.filter(() => dice.chance(0.8)),
          there: ['08:30'],
          back: dice.chance(0.5) ? ['11:15', '15:30'] : ['15:30'],
          minutes: 40,
          km: 18,
        }),
      ),
    sites: made,
    teams: madeTeams,
    kits: madeKits,
    demands: madeDemands(dice, made, { people, calendar, hasKits: kits > 0, minutesEach }),
    announced: [],
  }
  return { ...instance, announced: announcedOf(dice, instance, { count: announced, within: days }) }
}

/** Two in five are schools, of which some have exams; the others can be had at all hours. */
function madeSite(
  dice: PlanDice,
  {
    id,
    place,
    calendar,
    hours,
  }: {
    readonly id: string
    readonly place: string
    readonly calendar: readonly Day[]
    readonly hours: readonly HourSpan[]
  },
): InstanceSite {
  const [from, to] = [calendar[0] as Day, calendar.at(-1) as Day]
  if (!dice.chance(0.4)) {
    const [setUpMinutes, packMinutes] = [dice.oneOf([0, 15, 20]), dice.oneOf([0, 10])]
    return openSite(id, place, { from, to, hours, setUpMinutes, packMinutes })
  }
  const exam = dice.oneOf(calendar)
  return schoolSite(id, place, {
    from,
    to,
    exams: dice.chance(0.5) ? [exam, exam] : undefined,
    freeAfternoons: calendar.filter(() => dice.chance(0.15)),
  })
}

function madeDemands(
  dice: PlanDice,
  sites: readonly InstanceSite[],
  {
    people,
    calendar,
    hasKits,
    minutesEach,
  }: {
    readonly people: number
    readonly calendar: readonly Day[]
    readonly hasKits: boolean
    readonly minutesEach: number | undefined
  },
): InstanceDemand[] {
  const early = calendar[Math.floor((calendar.length - 1) / 2)] as Day
  const last = calendar.at(-1) as Day
  const bySite = sharedOut(
    people,
    sites.map(() => dice.between(1, 3)),
  )
  return sites.flatMap(({ id }, at) => {
    const all = bySite[at] ?? 0
    const byKit = hasKits && dice.chance(0.8) ? Math.round(all * dice.between(0.3, 0.9)) : 0
    const kind = dice.chance(0.7) ? 'capture' : 'raising'
    const isSplit = early !== last && dice.chance(0.5)
    const parts = (total: number) => {
      const soon = isSplit ? Math.round(total * dice.between(0.2, 0.8)) : 0
      return [[early, soon] as const, [last, total - soon] as const]
    }
    return [
      ...demandsOf(id, kind, minutesEach ?? dice.whole(6, 10), parts(byKit)),
      ...demandsOf(id, 'activation', minutesEach ?? dice.whole(4, 5), parts(all - byKit)),
    ]
  })
}

type AnnouncedPick = {
  readonly count: number
  /** In the first so many days. */
  readonly within: number
}

/** Announced sessions which their teams can hold: near, on a day of ordinary hours, one for a team and a day. */
function announcedOf(dice: PlanDice, instance: PlanInstance, { count, within }: AnnouncedPick): AnnouncedSession[] {
  const found: AnnouncedSession[] = []
  const taken = new Set<string>()
  const placeAt = new Map(instance.places.map(({ id }, at) => [id, at]))
  const minutesBetween = (from: string, to: string) =>
    from === to ? 0 : (instance.travel.minutes[placeAt.get(from) ?? -1]?.[placeAt.get(to) ?? -1] ?? 1000)
  const days = instance.days.slice(0, within).filter(({ ordinary }) => ordinary.length > 0)
  for (let tries = 0; found.length < count && tries < count * 40 && days.length > 0; tries++) {
    const team = dice.oneOf(instance.teams)
    const site = dice.oneOf(instance.sites)
    const { day } = dice.oneOf(days)
    const officers = team.officers.filter(({ away }) => !away.includes(day)).map(({ id }) => id)
    const isOpen = !site.closed.some(closed => closed.from <= day && day <= closed.to)
    if (officers.length === 0 || !isOpen || minutesBetween(team.base, site.place) > 60) continue
    // Of one site one session a shift, and of one team one a day, so that all can be kept together.
    const keys = [`${team.id} ${day}`, `${site.id} ${day}`]
    if (keys.some(key => taken.has(key))) continue
    for (const key of keys) taken.add(key)
    const [from, to] = ['09:00', '11:00'] as const
    const id = `announced-${found.length + 1}`
    const isLocked = dice.chance(0.5)
    found.push({
      id,
      site: site.id,
      day,
      shift: 'morning',
      team: team.id,
      officers,
      kits: [],
      from,
      to,
      locked: isLocked,
    })
  }
  return found
}

/** Communes around the seats of districts, some of them islands; the seat of a district comes first. */
function communes(
  dice: PlanDice,
  { districts, count, islands }: { districts: number; count: number; islands: number },
) {
  const seats = Array.from({ length: districts }, () => ({ x: dice.between(10, 150), y: dice.between(10, 80) }))
  return Array.from({ length: count }, (_, at): PlacePoint & { readonly district: number } => {
    const district = at % districts
    const seat = seats[district] as { x: number; y: number }
    const reach = at < districts ? 0 : 14
    return {
      id: `commune-${at + 1}`,
      name: `Commune ${at + 1} of district ${district + 1}`,
      x: seat.x + dice.between(-reach, reach),
      y: seat.y + dice.between(-reach, reach),
      isIsland: at >= count - islands,
      district,
    }
  })
}

/** Each island has its harbour at the seat of a district, and one boat a day or two. */
function boatsOf(dice: PlanDice, places: readonly PlacePoint[], days: readonly Day[]): PlanInstance['crossings'] {
  const harbours = places.slice(0, 2)
  return places
    .filter(({ isIsland }) => isIsland)
    .flatMap(({ id }, at) =>
      boatsTo(id, dice.oneOf(harbours).id, {
        // Some boats do not go each day.
        days: at % 3 === 2 ? days.filter(day => [1, 3, 5, 6].includes(weekday(day))) : days,
        there: dice.chance(0.5) ? ['08:00'] : ['07:45', '13:00'],
        back: dice.chance(0.5) ? ['15:30'] : ['11:45', '16:00'],
        minutes: dice.oneOf([30, 45, 60]),
        km: dice.whole(10, 30),
      }),
    )
}

type ProvinceShape = {
  /** 8 teams of 3 officers, or 24: as many kits either way. */
  readonly teams?: number
}

/**
 * A campaign by kits: 367 sites of 177 communes in 14 districts, 12 kits, teams of 3 officers, 60,000 people of whom
 * 24,000 need a kit, five weeks. Kits cannot serve all of them, so somebody is late in every plan.
 */
export function provinceInstance(seed: number, { teams: teamCount = 8 }: ProvinceShape = {}): PlanInstance {
  const dice = planDice(seed)
  const days = daysInSequence('2026-10-12', 35)
  const [from, to] = [days[0] as Day, days.at(-1) as Day]
  const places = communes(dice, { districts: 14, count: 177, islands: 7 })
  const exams: readonly (readonly [Day, Day])[] = [
    [days[14] as Day, days[19] as Day],
    [days[21] as Day, days[26] as Day],
  ]
  const sites = Array.from({ length: 367 }, (_, at): InstanceSite => {
    const { id: place } = places[at % places.length] as PlacePoint
    const id = `site-${at + 1}`
    if (at < 200)
      return schoolSite(id, place, {
        from,
        to,
        exams: dice.chance(0.4) ? dice.oneOf(exams) : undefined,
        freeAfternoons: days.filter(day => weekday(day) === 4 && dice.chance(0.3)),
      })
    const isHall = at < 250
    return openSite(id, place, {
      from,
      to,
      kind: isHall ? 'hall' : 'hamlet',
      setUpMinutes: isHall ? 15 : 20,
      packMinutes: 10,
    })
  })
  const teams = Array.from({ length: teamCount }, (_, at) =>
    madeTeam(`team-${at + 1}`, (places[at % 14] as PlacePoint).id, {
      officers: 3,
      awayOf: () => days.filter(day => weekday(day) < 6 && dice.chance(0.03)),
    }),
  )
  const kits = Array.from({ length: 12 }, (_, at) =>
    madeKit(`kit-${at + 1}`, (teams[at % Math.min(teamCount, 10)] as InstanceTeam).base, {
      speedPercent: at % 4 === 3 ? 125 : 100,
      away: at === 5 ? days.slice(7, 12) : [],
    }),
  )
  const instance: PlanInstance = {
    format: instanceFormat,
    name: `Province ${seed}, ${teamCount} teams`,
    from,
    to,
    prices: madePrices,
    caps: roomyCaps,
    leastOfficers: onePerson,
    shifts: madeShifts,
    days: madeDays(days, day => [2, 4].includes(weekday(day)) && day >= (days[7] as Day)),
    places: places.map(({ id, name }) => ({ id, name })),
    travel: roadsBetween(places),
    crossings: boatsOf(dice, places, days),
    sites,
    teams,
    kits,
    demands: provinceDemands(dice, sites, [days[12] as Day, days[26] as Day, to]),
    announced: [],
  }
  return { ...instance, announced: announcedOf(dice, instance, { count: 20, within: 6 }) }
}

/** 24,000 people by kit and 36,000 without one; schools have more than hamlets. */
function provinceDemands(
  dice: PlanDice,
  sites: readonly InstanceSite[],
  [first, second, last]: readonly [Day, Day, Day],
): InstanceDemand[] {
  const weights = sites.map(({ kind }) => dice.between(0.5, 1.5) * (kind === 'school' ? 2 : 1))
  const byKit = sharedOut(24_000, weights)
  const without = sharedOut(36_000, weights)
  return sites.flatMap(({ id, kind }, at) => {
    const parts = (total: number) => {
      const [one = 0, two = 0, three = 0] = sharedOut(total, dice.oneOf(lastDayShares))
      return [[first, one] as const, [second, two] as const, [last, three] as const]
    }
    const raised = Math.round((byKit[at] ?? 0) * (kind === 'school' ? 0 : 0.3))
    return [
      ...demandsOf(id, 'capture', dice.whole(6, 10), parts((byKit[at] ?? 0) - raised)),
      ...demandsOf(id, 'raising', dice.whole(6, 8), parts(raised)),
      ...demandsOf(id, 'activation', dice.whole(4, 5), parts(without[at] ?? 0)),
    ]
  })
}

/** How the people of a site are shared out over three last days: most sites have one or two of them. */
const lastDayShares: readonly (readonly number[])[] = [
  [0, 0, 1],
  [0, 1, 2],
  [1, 0, 2],
  [0, 1, 0],
  [1, 2, 2],
]

/**
 * All accounts of a province in 60 days: 177 communes, each with a counter and a team at its own place, 723,000
 * accounts of which large communes have more than their officers can do in ordinary hours; and six teams with four
 * kits that go to hamlets.
 */
export function accountsInstance(seed: number): PlanInstance {
  const dice = planDice(seed)
  const days = daysInSequence('2026-10-12', 60)
  const [from, to] = [days[0] as Day, days.at(-1) as Day]
  const places = communes(dice, { districts: 14, count: 177, islands: 7 })
  const counters = places.map(({ id }, at) =>
    openSite(`counter-${at + 1}`, id, { from, to, kind: 'counter', setUpMinutes: 0, packMinutes: 0 }),
  )
  const hamlets = Array.from({ length: 90 }, (_, at) =>
    openSite(`hamlet-${at + 1}`, (places[(at * 2) % 170] as PlacePoint).id, { from, to }),
  )
  const awayOf = () => days.filter(day => weekday(day) < 6 && dice.chance(0.02))
  const atCounters = places.map(({ id }, at) =>
    madeTeam(`commune-team-${at + 1}`, id, { officers: dice.oneOf([2, 2, 3, 4]), awayOf }),
  )
  const roving = Array.from({ length: 6 }, (_, at) =>
    madeTeam(`roving-${at + 1}`, (places[at * 2] as PlacePoint).id, { officers: 3, awayOf }),
  )
  const lastDays = [days[19] as Day, days[40] as Day, to] as const
  const inThree = (total: number) => {
    const [one = 0, two = 0, three = 0] = sharedOut(total, [3, 3, 4])
    return [[lastDays[0], one] as const, [lastDays[1], two] as const, [lastDays[2], three] as const]
  }
  // A town has five times the accounts of another commune, though hardly more officers.
  const atCounter = sharedOut(
    710_000,
    places.map(() => (dice.chance(0.15) ? dice.between(4, 7) : dice.between(0.5, 1.5))),
  )
  const atHamlet = sharedOut(
    13_000,
    hamlets.map(() => dice.between(1, 3)),
  )
  const demands = [
    ...counters.flatMap(({ id }, at) => demandsOf(id, 'activation', dice.whole(4, 5), inThree(atCounter[at] ?? 0))),
    ...hamlets.flatMap(({ id }, at) => demandsOf(id, 'activation', dice.whole(4, 5), inThree(atHamlet[at] ?? 0))),
    ...hamlets.flatMap(({ id }) =>
      demandsOf(id, 'capture', dice.whole(6, 10), [[dice.oneOf(lastDays), dice.whole(30, 100)]]),
    ),
  ]
  return {
    format: instanceFormat,
    name: `Accounts ${seed}`,
    from,
    to,
    prices: madePrices,
    caps: roomyCaps,
    leastOfficers: onePerson,
    shifts: madeShifts,
    days: madeDays(days, day => [2, 4].includes(weekday(day))),
    places: places.map(({ id, name }) => ({ id, name })),
    travel: roadsBetween(places),
    crossings: boatsOf(dice, places, days),
    sites: [...counters, ...hamlets],
    teams: [...atCounters, ...roving],
    kits: Array.from({ length: 4 }, (_, at) => madeKit(`kit-${at + 1}`, (roving[at] as InstanceTeam).base)),
    demands,
    announced: [],
  }
}
