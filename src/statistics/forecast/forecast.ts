/**
 * Forecast of a figure. Its course comes in, day by day, with its target and due day. Decided here: the range that the
 * pace promises (pace.ts) and what the plan asks for by a day (target-plan.ts). What goes out: a band for the due day,
 * how often such bands held before, what is needed a working day. Pure; no deeds.
 */

import { type Day, dayAfter, daysFrom, weekday } from '../../platform/day.ts'
import { forecastRecentDays, pastForecasts } from '../law.ts'
import { expectAhead, fitPace, type GainSpread, spreadOf } from './pace.ts'

/** A cumulative figure at the end of a day. */
export type ForecastDay = { readonly day: Day; readonly total: number }

export type ForecastInput = {
  /** By day, the oldest first; a missing day has the total of the day before. Days after `today` are ignored. */
  readonly history: readonly ForecastDay[]
  readonly isWorkingDay: (day: Day) => boolean
  /** The day at whose end the figures hold: a caller in the middle of a day gives the day before. */
  readonly today: Day
  readonly dueOn: Day
  readonly target: number
  /** The people who are meant: no figure of people comes above them. Absent where none are counted. */
  readonly most?: number | undefined
}

/**
 * `no-data`: fewer than two days are known, so there is no pace; `reached`: the target is; `past-due`: the due day is
 * over and the target was not; `standing`: nothing came in the last ten working days.
 */
type ForecastState = 'no-data' | 'reached' | 'past-due' | 'standing' | 'running'

/**
 * How the same forecast, made two weeks ahead on each past working day, held. `meanError` in the figure's own unit;
 * above zero = we said too much.
 */
export type ForecastCalibration = { readonly made: number; readonly inside: number; readonly meanError: number }

export type Forecast = {
  readonly state: ForecastState
  /** The figure today. */
  readonly done: number
  /**
   * The figure at the end of the due day, with four chances in five between low and high. Not cut off at the target.
   */
  readonly low: number
  readonly mid: number
  readonly high: number
  /** What each working day after today must bring, exact; 0 when reached; null when no working day is left. */
  readonly neededPerWorkingDay: number | null
  /**
   * What the last ten working days brought, with what came on days off between them, by working day; null before two
   * days are known.
   */
  readonly recentPerWorkingDay: number | null
  readonly calibration: ForecastCalibration | null
  /** The people who are meant, where the pace alone leads above them; the band ends there. */
  readonly cappedAt?: number | undefined
}

/**
 * The exact share, and the whole per cent below it: 120,000 of 723,000 is 0.16597… and 16. Never rounded up, not cut
 * off at 100; null without a target.
 */
export function rateOf(done: number, target: number): { exact: number; floorPercent: number } | null {
  if (target <= 0) return null
  return { exact: done / target, floorPercent: Math.floor((done * 100) / target) }
}

/** Where a figure will stand on its due day if the pace goes on as it lately went. */
export function forecastFigure(input: ForecastInput): Forecast {
  const { today, dueOn, target } = input
  const line = gainSeriesOf(input)
  const done = line.totals.at(-1) ?? 0
  const isReached = target > 0 && done >= target
  const left = workingDaysIn(input, today, dueOn)
  const told = {
    done,
    neededPerWorkingDay: done >= target ? 0 : left > 0 ? (target - done) / left : null,
    recentPerWorkingDay: recentPace(line),
  }
  const still = { ...told, low: done, mid: done, high: done }
  if (dueOn <= today) return { ...still, state: isReached ? 'reached' : 'past-due', calibration: null }
  if (line.gains.length === 0) return { ...still, state: isReached ? 'reached' : 'no-data', calibration: null }

  const past = calibrate(line)
  const spread = spreadAhead(line, line.gains.length, dayKindsAhead(input, today, dueOn), past.scale)
  const band = {
    low: done + Math.floor(spread.low),
    mid: done + Math.round(spread.mid),
    high: done + Math.ceil(spread.high),
  }
  const state = isReached ? 'reached' : told.recentPerWorkingDay === 0 ? 'standing' : 'running'
  return { ...told, ...cappedBand(band, input.most, done), state, calibration: past.calibration }
}

type Band = Pick<Forecast, 'low' | 'mid' | 'high'>

/** Nobody beyond those who are meant can be done, whatever the pace; what is done already stays. */
function cappedBand(band: Band, most: number | undefined, done: number): Band & Pick<Forecast, 'cappedAt'> {
  const top = Math.max(most ?? Number.POSITIVE_INFINITY, done)
  if (band.high <= top) return band
  return { low: Math.min(band.low, top), mid: Math.min(band.mid, top), high: top, cappedAt: top }
}

/** 1 to 5 for a working day by its weekday, 6 and 7 for a day off at the weekend, 8 for a day off within the week. */
const dayKind = (day: Day, isWorkingDay: (day: Day) => boolean): number => {
  const at = weekday(day)
  return isWorkingDay(day) ? Math.min(at, 5) : at <= 5 ? 8 : at
}

function dayKindsAhead({ isWorkingDay }: Pick<ForecastInput, 'isWorkingDay'>, after: Day, until: Day): number[] {
  return daysFrom(dayAfter(after), until).map(day => dayKind(day, isWorkingDay))
}

const workingDaysIn = (question: ForecastInput, after: Day, until: Day) =>
  after >= until ? 0 : dayKindsAhead(question, after, until).filter(kind => kind <= 5).length

/** The history as one entry a day: what each day brought after the first, its kind, and the totals. */
type GainSeries = {
  readonly gains: readonly number[]
  readonly kinds: readonly number[]
  readonly totals: readonly number[]
}

/** A figure that was told after days of silence came about on all of them, on working days before others. */
function gainSeriesOf({ history, isWorkingDay, today }: ForecastInput): GainSeries {
  const known = history.filter(({ day }) => day <= today)
  const [first] = known
  if (!first) return { gains: [], kinds: [], totals: [] }

  const [gains, kinds, totals] = [[] as number[], [] as number[], [first.total]]
  let before = first
  for (const point of [
    ...known.slice(1),
    ...(known.at(-1)!.day < today ? [{ day: today, total: known.at(-1)!.total }] : []),
  ]) {
    const days = dayKindsAhead({ isWorkingDay }, before.day, point.day)
    const working = days.filter(kind => kind <= 5).length
    const share = (kind: number) => (working === 0 ? 1 / days.length : kind <= 5 ? 1 / working : 0)
    for (const kind of days) {
      gains.push((point.total - before.total) * share(kind))
      kinds.push(kind)
      totals.push(totals.at(-1)! + gains.at(-1)!)
    }
    before = point
  }
  totals[totals.length - 1] = known.at(-1)!.total
  return { gains, kinds, totals }
}

function recentPace({ gains, kinds }: GainSeries): number | null {
  let [sum, working] = [0, 0]
  for (let i = gains.length - 1; i >= 0 && working < forecastRecentDays; i -= 1) {
    sum += gains[i]!
    if (kinds[i]! <= 5) working += 1
  }
  return working === 0 ? null : sum / working
}

/** The gain over the days of these kinds, as one who knows the first `known` days would tell it. */
function spreadAhead({ gains, kinds }: GainSeries, known: number, ahead: readonly number[], scale: number): GainSpread {
  return spreadOf(expectAhead(fitPace(gains.slice(0, known), kinds.slice(0, known)), ahead), scale)
}

/** Each past working day's forecast, made with what was known and learned by then, beside what came. */
function calibrate(series: GainSeries): { calibration: ForecastCalibration | null; scale: number } {
  const { gains, kinds, totals } = series
  const squares: number[] = []
  let [made, inside, error] = [0, 0, 0]
  for (let at = pastForecasts.leastKnownDays; at + pastForecasts.daysAhead <= gains.length; at += 1) {
    const came = totals[at + pastForecasts.daysAhead]! - totals[at]!
    const known = squares.slice(0, Math.max(0, squares.length - pastForecasts.daysAhead))
    const scale = scaleFrom(known)
    const spread = spreadAhead(series, at, kinds.slice(at, at + pastForecasts.daysAhead), scale)
    squares.push(spread.sd > 0 ? ((scale * (came - spread.mid)) / spread.sd) ** 2 : 1)
    if (kinds[at - 1]! > 5) continue
    made += 1
    if (came >= Math.floor(spread.low) && came <= Math.ceil(spread.high)) inside += 1
    error += spread.mid - came
  }
  return { calibration: made === 0 ? null : { made, inside, meanError: error / made }, scale: scaleFrom(squares) }
}

/**
 * How much wider (or narrower) the band must be by what its forerunners missed: squares of errors in standard
 * deviations.
 */
function scaleFrom(squares: readonly number[]): number {
  const worth = squares.length / pastForecasts.daysAhead
  const mean = squares.length === 0 ? 1 : squares.reduce((sum, square) => sum + Math.min(square, 9), 0) / squares.length
  return Math.sqrt((pastForecasts.trusted + worth * mean) / (pastForecasts.trusted + worth))
}
