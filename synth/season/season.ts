// The spring of 2023 day by day: who was captured at which session, who was missing, what the centre sent back, when
// cards came and accounts were activated. On the day of the extracts the last move of each card and account is the
// state that cards.csv and accounts.csv have; after it the season goes on by itself. A card that was under way within
// the season, and an account that moved in it, is told from its beginning, be it of February; what was over before is
// the extracts' alone.
import type { Day } from '../../src/platform/day.ts'
import type { Account } from '../documents/account.ts'
import { type Card, expiryOf } from '../documents/card.ts'
import type { Person } from '../people/person.ts'
import { communes } from '../people/place.ts'
import { stream } from '../random.ts'
import type { School } from '../schools/school.ts'
import { type Calendar, openCalendar, seasonDays } from './calendar.ts'
import { deliveriesOf } from './card.ts'
import { type AccountPath, accountStates, type Candidate, type CardPath, cardStates } from './case-history.ts'
import { keyFrom, type SeasonSink } from './fact.ts'
import { type SeasonParameters, slowness, usualSeason } from './parameters.ts'
import { type Course, communeAhead, isOfSeason, type PlaceWorld, past, schoolAhead } from './place.ts'
import { type Meeting, openTeams, type Place, type Telling, tellMeeting } from './session.ts'
import type { SeasonWorld, Slow } from './world.ts'

/**
 * The campaign's own days: cards in hand and accounts active by the last of May, and by the middle of June (domain.md
 * 7.4).
 */
const dueDays = { card: '2023-05-31' as Day, account: '2023-06-15' as Day }
/** Sessions are known so many days ahead. */
const announced = 12

export type SeasonTruth = {
  readonly from: Day
  /** The day of the extracts, and the last day told. */
  readonly day: Day
  readonly until: Day
  readonly due: typeof dueDays
  readonly parameters: SeasonParameters
  /** By district: 1 is usual, 2 takes twice as long. */
  readonly slow: Record<string, Slow>
}

export type Season = {
  /**
   * Takes in someone as the extracts have them; pupils are kept until their school is known, others until their commune
   * is ended.
   */
  take(person: Person, card: Card | undefined, account: Account | undefined, where: 'at-school' | 'elsewhere'): void
  /** Tells of everyone of the commune but pupils. */
  endCommune(commune: string, district: string): void
  /** Tells of the pupils, a school at a time. */
  endSchools(schools: readonly School[]): Generator<void>
  readonly truth: SeasonTruth
}

/**
 * Opens the season of a province. `day` is the day of the extracts, `until` the last day of which is told, at most 30
 * June 2023.
 */
export function openSeason({ seed, day, until, sink }: Told & { sink: SeasonSink }): Season {
  const calendar = openCalendar(seasonDays.from, seasonDays.to)
  const spring = springIn(calendar)
  const districts = districtsOf(seed, spring)
  const today = calendar.placeOf(day)
  const tell = teller({ sink, teams: openTeams(), seed, until: calendar.placeOf(until) })
  const worldAt = (place: Place): PlaceWorld => {
    const random = stream(seed, 'season', place.school || place.commune)
    return { seed, today, random, ...spring, ...districts.get(place.district)! }
  }

  const pupils = new Map<string, Candidate>()
  let others: Candidate[] = []
  return {
    take: (person, card, account, where) => {
      const candidate = candidateOf(person, card, account)
      if (person.status !== 'alive' || !isOfSeason(candidate) || person.bornOn > youngest(until)) return
      if (where === 'at-school') pupils.set(candidate.number, candidate)
      else others.push(candidate)
    },
    endCommune: (commune, district) => {
      const place = { school: '', commune, district }
      const world = worldAt(place)
      const { courses, meetings } = past(place, others, world)
      if (until > day) communeAhead(courses, world)
      tell(place, courses, meetings, world)
      others = []
    },
    *endSchools(schools) {
      for (const school of schools) {
        const place = { school: school.code, commune: school.commune.code, district: school.commune.district }
        const world = worldAt(place)
        const { courses, meetings } = past(place, takenFrom(pupils, school), world)
        tell(place, courses, [...meetings, ...schoolAhead(place, courses, world)], world)
        yield
      }
    },
    truth: {
      from: seasonDays.from,
      day,
      until,
      due: dueDays,
      parameters: usualSeason,
      slow: slowByDistrict(districts),
    },
  }
}

const springIn = (calendar: Calendar) => ({
  parameters: usualSeason,
  calendar,
  due: { card: calendar.placeOf(dueDays.card), account: calendar.placeOf(dueDays.account) },
})

type Told = { readonly seed: number; readonly day: Day; readonly until: Day }

/** A pupil who is on two rolls is told of at the first. */
function takenFrom(pupils: Map<string, Candidate>, { classes }: School): Candidate[] {
  return classes.flatMap(({ entries }) =>
    entries.flatMap(({ pupil }) => {
      const candidate = pupils.get(pupil.number)
      pupils.delete(pupil.number)
      return candidate ? [candidate] : []
    }),
  )
}

/** Tells of a place up to the last day: its sessions, those announced for the days after it, and everyone's moves. */
function teller(telling: Omit<Telling, 'world'>) {
  const { until } = telling
  let serials = 0
  const serial = () => `D${String(++serials).padStart(9, '0')}`
  return (place: Place, courses: readonly Course[], meetings: readonly Meeting[], world: PlaceWorld) => {
    for (const meeting of meetings.toSorted((a, b) => a.day - b.day)) {
      const isKnown = meeting.day <= until || (meeting.day <= until + announced && meeting.announcedOn <= until)
      if (isKnown) tellMeeting(meeting, place, { ...telling, world })
    }
    for (const course of courses) tellCourse(course, { ...telling, world }, serial)
  }
}

/** Nobody younger than fourteen on the last day is told of. */
const youngest = (until: Day) => `${Number(until.slice(0, 4)) - 14}${until.slice(4)}`

const candidateOf = (
  { number, bornOn, commune, phone }: Person,
  card: Card | undefined,
  account: Account | undefined,
): Candidate => ({
  number,
  bornOn,
  commune: commune.code,
  phone: account?.phone || phone,
  card,
  account,
})

/** How slow each district is, and when its bags of cards arrive. */
function districtsOf(seed: number, world: Omit<SeasonWorld, 'random'>): Districts {
  const codes = [...new Set(communes.map(({ district }) => district))]
  return new Map(
    codes.map(code => {
      const random = stream(seed, 'season-district', code)
      const own = () => slowness(random, world.parameters.districtSpread)
      const slow = {
        approval: slowness(random, world.parameters.districtSpread / 3),
        delivery: own(),
        handOver: own(),
        activation: own(),
        sessions: own(),
      }
      return [code, { slow, deliveries: deliveriesOf({ ...world, random }, slow) }]
    }),
  )
}

type Districts = Map<string, { slow: Slow; deliveries: readonly number[] }>
const slowByDistrict = (districts: Districts) =>
  Object.fromEntries([...districts].map(([code, { slow }]) => [code, slow]))

/** Whether anything of it happened within the season and up to the last day told. */
const isTold = (at: Partial<Record<string, number>>, until: number) =>
  Object.values(at).some(place => place !== undefined && place >= 0 && place <= until)

function tellCourse({ who, card, account }: Course, telling: Telling, serial: () => string) {
  // A card that is under way has been told of nowhere else: the extract has no day of it.
  if (card?.at.applied !== undefined && card.at.applied <= telling.until) tellCard(who, card, telling, serial)
  if (account && isTold(account.at, telling.until)) tellAccount(who, account, telling)
}

function tellCard(
  who: Candidate,
  { at, session, returned }: CardPath,
  { sink, seed, until, world }: Telling,
  serial: () => string,
) {
  const { calendar } = world
  const key = keyFrom(seed, 'card', who.number)
  const issuedOn =
    who.card?.issuedOn ?? (at.produced === undefined || at.produced > until ? undefined : calendar.dayAt(at.produced))
  const made = issuedOn && {
    serial: who.card?.serial ?? serial(),
    issuedOn,
    expiresOn: expiryOf(who.bornOn, issuedOn) ?? ('' as const),
  }
  for (const state of cardStates) {
    const place = at[state]
    if (place === undefined || place > until) break
    const isMade = state !== 'applied' && state !== 'approved'
    const from = state === 'applied' ? (session ?? '') : ''
    const print = isMade && made ? made : ({ serial: '', issuedOn: '', expiresOn: '' } as const)
    sink.cardMove({ number: who.number, key, state, day: calendar.dayAt(place), ...print, session: from })
  }
  if (returned && returned.on <= until) {
    sink.returned({
      key,
      reason: returned.reason,
      returnedOn: calendar.dayAt(returned.on),
      recapturedOn: calendar.dayAt(returned.recaptured),
    })
  }
}

function tellAccount(who: Candidate, { at, level, sessions }: AccountPath, { sink, seed, until, world }: Telling) {
  const key = keyFrom(seed, 'account', who.number)
  for (const state of accountStates) {
    const place = at[state]
    if (place === undefined || place > until) break
    sink.accountMove({
      number: who.number,
      key,
      level,
      state,
      day: world.calendar.dayAt(place),
      phone: who.phone,
      session: sessions[state] ?? '',
    })
  }
}
