import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { adjacentSchoolYear, type EventReason, type RollId } from '../roll.ts'
import type { NewRow, RollRow } from '../row.ts'
import * as store from '../store.ts'
import { insertRows } from '../store-new-row.ts'
import { findPlacesSharing } from '../store-outcome.ts'
import * as rows from '../store-row.ts'
import { identifyEntries } from './identify-entries.ts'
import { pendingChanges } from './pending-changes.ts'
import * as entry from './store-entry.ts'
import { findTouchedRows } from './store-rescore.ts'

/** How a roll continues the one before it. */
export type RollContinuation = {
  readonly previous: RollId | undefined
  /**
   * The rows that are to be compared: new and changed ones, those whose person changed, and those that either concerns.
   */
  readonly asked: readonly RollRow[]
  /** Whether that is all of them. */
  readonly whole: boolean
  /** Rows of the former roll that no line continues. */
  readonly gone: readonly RollRow[]
  readonly whyOf: (place: number) => EventReason
  /**
   * All rows, where the database has none of them yet: no entry continues, and they are written with their outcomes.
   */
  readonly unwritten?: readonly NewRow[] | undefined
}

/**
 * Makes the lines of a roll entries: they continue those of the roll in force of its school, year and kind, and of
 * pupils who had left and are back. An unchanged line keeps its person and reasons, and is not compared again. The
 * school is held.
 */
export async function continueRoll(
  work: Work,
  roll: store.KeptRoll,
  modelHash: string,
  unwritten?: readonly NewRow[],
): Promise<RollContinuation> {
  const pending = await pendingChanges(work)
  const previous = await store.findRollInForce(work, roll)
  if (unwritten) {
    if (!previous && !(await store.findRollInForce(work, previousYearSeries(roll))))
      return { previous, asked: unwritten, whole: true, gone: [], whyOf: () => 'roll-sent', unwritten }
    await insertRows(work, unwritten)
  }
  const whole = async (why: EventReason, gone: readonly RollRow[] = []) => ({
    previous,
    asked: await rows.findAllRows(work, roll.id),
    whole: true,
    gone,
    whyOf: () => why,
  })
  if (previous === roll.id) return whole('re-scored')
  if (!previous) {
    await continueLastYear(work, roll)
    return whole('roll-sent')
  }

  await store.holdRoll(work, previous)
  const { found, old } = await matchLines(work, roll, { series: roll, previous })
  await entry.continueEntries(work, roll.id, found)
  if (found.length < roll.rows) await continueLastYear(work, roll, found)
  const stays = new Set(found.flatMap(({ fromRoll, fromPlace }) => (fromRoll === previous ? [fromPlace] : [])))
  const gone = old.filter(({ rollId, place }) => rollId === previous && !stays.has(place))

  const back = new Set(found.flatMap(({ place, cameBack }) => (cameBack ? [place] : [])))
  const same = new Set(found.flatMap(one => (one.same && !one.cameBack ? [one.place] : [])))
  const whyOf = (place: number): EventReason =>
    back.has(place) ? 'came-back' : same.has(place) ? 're-scored' : 'roll-sent'
  if (pending === 'many' || !(await isStillValid(work, roll, previous, modelHash)))
    return { ...(await whole('re-scored', gone)), whyOf }

  const fresh = Array.from({ length: roll.rows }, (_, i) => i + 1).filter(place => !same.has(place))
  const released = old.flatMap(({ personId, withheldId }) => personId ?? withheldId ?? [])
  const touched = await findTouchedRows(work, pending, roll)
  const asked = new Set([...fresh, ...touched.map(({ place }) => place)])
  for (const place of await findPlacesSharing(work, roll.id, released, [...asked])) asked.add(place)
  return { previous, asked: await rows.findRowsByPlace(work, roll.id, [...asked]), whole: false, gone, whyOf }
}

type PreviousRoll = {
  readonly series: store.RollSeries
  readonly previous: RollId
  readonly known?: readonly entry.ContinuedEntry[]
}

/** Which lines continue which, except the known ones; and the old lines whose text is not on the new roll. */
async function matchLines(work: Work, roll: store.KeptRoll, { series, previous, known = [] }: PreviousRoll) {
  const isKnown = new Set(known.map(({ place }) => place))
  const byText = await entry.findContinuedByText(work, roll.id, series, previous)
  const fresh = byText.fresh.filter(place => !isKnown.has(place))
  const old = await entry.findEntryRows(work, byText.old)
  const bySign = identifyEntries(
    fresh.length && old.length ? await rows.findRowsByPlace(work, roll.id, fresh) : [],
    old,
  ).map(([line, before]) => ({
    place: line.place,
    fromRoll: before.rollId,
    fromPlace: before.place,
    same: false,
    cameBack: before.state === 'left-school',
  }))
  return { found: [...byText.found.filter(({ place }) => !isKnown.has(place)), ...bySign], old }
}

/** Whether the former roll's outcomes hold for unchanged lines: the same model, and the same units on both days. */
async function isStillValid(work: Work, roll: store.KeptRoll, previous: RollId, modelHash: string): Promise<boolean> {
  const before = await store.findRoll(work, previous)
  if (!before || before.staleAt || before.modelHash !== modelHash) return false
  if (before.asOf === roll.asOf) return true
  const [then, now] = [await units.unitsOn(work, before.asOf), await units.unitsOn(work, roll.asOf)]
  return then.length === now.length && then.every(({ id }, i) => id === now[i]?.id)
}

const previousYearSeries = ({ schoolId, schoolYear, kind }: store.KeptRoll): store.RollSeries => ({
  schoolId,
  schoolYear: adjacentSchoolYear(schoolYear, -1),
  kind,
})

/** New pupils of a year's roll follow their entry of the year before, so that officers' decisions hold on. */
async function continueLastYear(
  work: Work,
  roll: store.KeptRoll,
  known?: readonly entry.ContinuedEntry[],
): Promise<void> {
  const series = previousYearSeries(roll)
  const previous = await store.findRollInForce(work, series)
  if (previous)
    await entry.followEntries(work, roll.id, (await matchLines(work, roll, { series, previous, known })).found)
}
