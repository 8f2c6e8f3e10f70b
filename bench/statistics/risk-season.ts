// A simulated season as an officer knows it at the end of a day, in the words of src/statistics; and what came of what
// was then predicted.
import { addDays, type Day } from '../../src/platform/day.ts'
import { usualAtDesk } from '../../src/statistics/law.ts'
import { type ChanceQuestion, openChances, type PupilState, type SpeedDoubt } from '../../src/statistics/risk/chance.ts'
import {
  type LeadStage,
  type LearningOptions,
  measureLeadTimes,
  type WaitingSpell,
} from '../../src/statistics/risk/lead-time.ts'
import { measureAttendance, type SessionSeats } from '../../src/statistics/risk/turn-out.ts'
import type { PupilPath, SchoolSession, SimulatedSeason } from '../../synth/season/simulation.ts'

export type Predicted = {
  readonly what: 'card' | 'account' | 'both'
  readonly chance: number
  readonly came: boolean
  readonly day: number
  readonly seed: number
}

/**
 * Predicts a season on the days that lie so many working days before the card's deadline, for everyone of whom
 * something is still open.
 */
export function predictSeason(
  season: SimulatedSeason,
  {
    seed,
    daysBefore,
    learning,
    doubt,
  }: { seed: number; daysBefore: readonly number[]; learning?: LearningOptions; doubt?: SpeedDoubt },
): Predicted[] {
  return daysBefore.flatMap(day => {
    const { spells, states, question } = knownOn(season, workingDaysBefore(season, day))
    const leadTimes = measureLeadTimes(spells, { ...question, ...(learning && { learning }) })
    const chancesOf = openChances(leadTimes, { ...question, ...(doubt && { doubt }) })
    return states.flatMap((state, i) => {
      const came = madeIt(season.pupils[i]!, season)
      const open = { card: state.card.at !== 'handed-over', account: state.account.at !== 'activated' }
      const asked = (['card', 'account', 'both'] as const).filter(what =>
        what === 'both' ? open.card && open.account : open[what],
      )
      const chances = chancesOf(state)
      return asked.map(what => ({ what, chance: chances[what], came: came[what], day, seed }))
    })
  })
}

function madeIt({ handedOver, activated }: PupilPath, { deadlines }: SimulatedSeason) {
  const card = handedOver !== undefined && handedOver <= deadlines.card
  const account = activated !== undefined && activated <= deadlines.account
  return { card, account, both: card && account }
}

export function workingDaysBefore({ deadlines, isWorkingDay }: SimulatedSeason, count: number): Day {
  let day = deadlines.card
  for (let left = count; left > 0; ) {
    day = addDays(day, -1)
    if (isWorkingDay(day)) left -= 1
  }
  return day
}

/** All that is known of a season at the end of a day: what happened or was announced by then, and nothing else. */
export type Known = {
  readonly spells: WaitingSpell[]
  readonly states: PupilState[]
  readonly question: ChanceQuestion
}

export function knownOn(season: SimulatedSeason, today: Day): Known {
  const { isWorkingDay, deadlines, pupils } = season
  const bySchool = Map.groupBy(season.sessions, ({ school }) => school)
  const sessionsOf = (pupil: PupilPath) => bySchool.get(pupil.school) ?? []
  const attendance = measureAttendance(pupils.flatMap(pupil => seatsOf(pupil, sessionsOf(pupil), today)))
  const desks = measureAttendance(
    pupils.flatMap(pupil => deskSeatsOf(pupil, sessionsOf(pupil), today)),
    usualAtDesk,
  )
  return {
    spells: pupils.flatMap(pupil => spellsOf(pupil, sessionsOf(pupil), season.from, today)),
    states: pupils.map(pupil => stateOf(pupil, sessionsOf(pupil), today)),
    question: { today, deadlines, isWorkingDay, attendance, desks },
  }
}

const groupOf = ({ district, school }: PupilPath) => `${district}/${school}`
const isCapturedBefore = ({ captured }: PupilPath, day: Day) => captured !== undefined && captured < day

/** Sessions of the past at which the pupil still had a seat. */
const seatsOn = (pupil: PupilPath, sessions: readonly SchoolSession[], today: Day) =>
  sessions.filter(({ kind, day }) => kind === 'capture' && day <= today && !isCapturedBefore(pupil, day))

function seatsOf(pupil: PupilPath, sessions: readonly SchoolSession[], today: Day): SessionSeats[] {
  return seatsOn(pupil, sessions, today).map(({ day, held }) => ({
    group: groupOf(pupil),
    outcome: !held ? 'not-held' : pupil.captured === day ? 'served' : 'absent',
  }))
}

/** Desks of the past, for who was approved by then and not yet active. */
function deskSeatsOf(
  { accountApproved, activated, ...pupil }: PupilPath,
  sessions: readonly SchoolSession[],
  today: Day,
): SessionSeats[] {
  const due = sessions.filter(({ kind, day }) => kind === 'activation' && day <= today)
  return due.flatMap(({ day, held }) => {
    if (accountApproved === undefined || accountApproved >= day || (activated !== undefined && activated < day))
      return []
    return [
      {
        group: groupOf(pupil),
        outcome: !held ? ('not-held' as const) : activated === day ? ('served' as const) : ('absent' as const),
      },
    ]
  })
}

const missed = (pupil: PupilPath, sessions: readonly SchoolSession[], today: Day) =>
  seatsOn(pupil, sessions, today)
    .filter(({ day, held }) => held && pupil.captured !== day)
    .map(({ day }) => day)
    .sort()

function spellsOf(pupil: PupilPath, sessions: readonly SchoolSession[], from: Day, today: Day): WaitingSpell[] {
  const group = groupOf(pupil)
  const [firstMissed] = missed(pupil, sessions, today)
  const spell = (stage: LeadStage, begun: Day | undefined, to: Day | undefined, where = group): WaitingSpell[] =>
    begun === undefined || begun > today ? [] : [{ stage, group: where, from: begun, ...(to !== undefined && { to }) }]
  return [
    // Whether a school's turn has come says nothing of its pace: captures are counted by district.
    ...(firstMissed
      ? [{ stage: 'capture' as const, group: pupil.district, from, leftOn: firstMissed }]
      : spell('capture', from, pupil.captured, pupil.district)),
    ...spell('capture-after-absence', firstMissed, pupil.captured, pupil.district),
    ...spell('approval', pupil.captured, pupil.approved),
    ...spell('production', pupil.approved, pupil.produced),
    ...spell('delivery', pupil.produced, pupil.atUnit),
    ...spell('hand-over', pupil.atUnit, pupil.handedOver),
    ...spell('account-approval', pupil.captured, pupil.accountApproved),
    ...spell('activation', pupil.accountApproved, pupil.activated),
  ]
}

function stateOf(pupil: PupilPath, sessions: readonly SchoolSession[], today: Day): PupilState {
  const last = <At extends string>(steps: readonly (readonly [At, Day | undefined])[], none: At) => {
    const step = steps.findLast(([, day]) => day !== undefined && day <= today)
    return step ? { at: step[0], since: step[1]! } : { at: none }
  }
  const missedOn = missed(pupil, sessions, today).at(-1)
  const planned = (what: SchoolSession['kind']) =>
    sessions.find(({ kind, day, announcedOn }) => kind === what && announcedOn <= today && day > today)?.day
  const [session, desk] = [planned('capture'), planned('activation')]
  return {
    group: groupOf(pupil),
    card: last(
      [
        ['applied', pupil.captured],
        ['approved', pupil.approved],
        ['produced', pupil.produced],
        ['at-unit', pupil.atUnit],
        ['handed-over', pupil.handedOver],
      ],
      'none',
    ),
    account: last(
      [
        ['requested', pupil.captured],
        ['approved', pupil.accountApproved],
        ['activated', pupil.activated],
      ],
      'none',
    ),
    ...(missedOn && { missedOn }),
    ...(session && { plannedSessionOn: session }),
    ...(desk && { plannedDeskOn: desk }),
  }
}

export type Line = { readonly chance: number; readonly called: number; readonly came: number }

/** Those called with a chance in [from, to): how many, the mean of what was said, and the share that made it. */
export function lineOf(predicted: readonly Predicted[], from: number, to: number): Line {
  let [called, came, said] = [0, 0, 0]
  for (const { chance, came: made } of predicted) {
    if (chance < from || chance >= to) continue
    called += 1
    said += chance
    if (made) came += 1
  }
  return { called, chance: called === 0 ? 0 : said / called, came: called === 0 ? 0 : came / called }
}

/** Mean squared distance of what was said from what came; 0 is perfect. */
export const brier = (predicted: readonly Predicted[]) =>
  predicted.reduce((sum, { chance, came }) => sum + (chance - Number(came)) ** 2, 0) / Math.max(1, predicted.length)
