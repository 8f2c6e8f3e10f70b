// The rule of duplicates (placement conflicts): which row gets a person's one place in a school year, and how that is
// written. Two rows of one person are one pupil of two schools or two classes, or one of them is a namesake who is not
// in the register. Name, date and home cannot decide that, so such a row waits for an officer, with the person as its
// candidate.

import * as audit from '../../audit/audit.ts'
import { onePlaceEach } from '../../linkage/deciding/one-place-each.ts'
import type { Work } from '../../platform/work.ts'
import { updateAccessCases } from '../access-cases.ts'
import { carryOpenReferralsOver } from '../queue/referral.ts'
import { judgingFactsOf } from '../register-facts.ts'
import type { RowOutcome } from '../roll.ts'
import type { RollRow } from '../row.ts'
import { findRoll, type KeptRoll } from '../store.ts'
import {
  deleteCandidates,
  findRowStatus,
  insertCandidates,
  insertEntryEvents,
  type RowStatus,
} from '../store-outcome.ts'
import { findRowsByPlace } from '../store-row.ts'
import { rowDefects } from './decide-rows.ts'
import type { SharedRow } from './store-duplicate.ts'
import { type PlacementChange, updatePlacements, type WrittenRow } from './store-placement.ts'

export type Claimant = Pick<
  SharedRow,
  'rollId' | 'place' | 'schoolId' | 'class' | 'outcome' | 'decision' | 'isWithheld'
> &
  Pick<WrittenRow, 'name' | 'birth' | 'sex' | 'communeId'> & {
    /** A number, a parent or a phone stands beside name, date and home. */
    readonly isBacked: boolean
  }

/** The new outcome of a row, where it changes. */
export type Placement<Row> = { readonly seen: Row; readonly outcome: RowOutcome; readonly isWithheld: boolean }

/**
 * Decides which row of one person, of one year and kind, has the person's place. Equal rows of one roll are one pupil
 * entered twice: the first is matched, the others are its duplicates. An officer's decision stands.
 */
export function placementsOf<Row extends Claimant>(rows: readonly Row[]): Placement<Row>[] {
  const isWithheld = (row: Row) =>
    row.decision !== 'same' && !row.isBacked && rows.some(other => other !== row && areDifferentPupils(row, other))
  const outcomeOf = onePlaceEach<Row>()
  return rows
    .toSorted((a, b) => a.place - b.place)
    .flatMap(seen => {
      const waits = isWithheld(seen)
      const outcome: RowOutcome = waits ? 'review' : outcomeOf(seen.rollId, seen).outcome
      return waits === seen.isWithheld && outcome === seen.outcome ? [] : [{ seen, outcome, isWithheld: waits }]
    })
}

const distinguishingFields: readonly (keyof Claimant)[] = ['class', 'name', 'birth', 'sex', 'communeId']

/**
 * Of two schools, or of one that writes of them what cannot be of one pupil; what it leaves out of one says nothing.
 */
const areDifferentPupils = (a: Claimant, b: Claimant) =>
  a.schoolId !== b.schoolId || distinguishingFields.some(key => Boolean(a[key]) && Boolean(b[key]) && a[key] !== b[key])

/** Writes what rows become, on whichever rolls, with their candidates, cases and history. */
export async function writePlacements(work: Work, placings: readonly Placement<SharedRow>[]): Promise<void> {
  for (const [rollId, theirs] of Map.groupBy(placings, ({ seen }) => seen.rollId)) {
    const roll = await findRoll(work, rollId)
    if (roll) await writePlacementsOn(work, roll, theirs)
  }
}

async function writePlacementsOn(work: Work, roll: KeptRoll, placings: readonly Placement<SharedRow>[]): Promise<void> {
  const places = placings.map(({ seen }) => seen.place)
  const before = await findRowStatus(work, roll.id, places)
  const rows = new Map((await findRowsByPlace(work, roll.id, places)).map(row => [row.place, row]))
  const facts = await judgingFactsOf(work, [...new Set(placings.map(({ seen }) => seen.personId))], roll.asOf)
  const written = await updatePlacements(
    work,
    placings.flatMap(({ seen, outcome, isWithheld }): PlacementChange[] => {
      const row = rows.get(seen.place)
      const person = isWithheld ? undefined : facts.get(seen.personId)
      return row ? [{ seen, outcome, isWithheld, defects: rowDefects(row, outcome, person, false) }] : []
    }),
  )
  const isWritten = new Set(written.map(({ place }) => place))
  const moved = placings.filter(({ seen }) => isWritten.has(seen.place))
  const turned = moved.filter(({ seen, isWithheld }) => seen.isWithheld !== isWithheld)
  await updatePlacedCandidates(work, roll, turned, { rows, before, facts })
  if (turned.length > 0) await carryOpenReferralsOver(work, roll.id)
  await insertEntryEvents(
    work,
    roll.id,
    moved.map(({ seen }) => ({ place: seen.place, why: 're-scored', before: before.get(seen.place) })),
    { follows: true },
  )
  if (turned.length === 0) return
  const withheld = turned.filter(({ isWithheld }) => isWithheld).length
  const subject = { kind: 'roll', id: roll.id, unitId: roll.schoolId }
  await audit.record(work, 'roll.shared-pupils', subject, { withheld, released: turned.length - withheld })
}

type PlacementContext = {
  readonly rows: ReadonlyMap<number, RollRow>
  readonly before: ReadonlyMap<number, RowStatus>
  readonly facts: Parameters<typeof updateAccessCases>[3]['facts']
}

/** Opens the candidate of a row that waits for its placement, and closes that of a row that no longer waits. */
async function updatePlacedCandidates(
  work: Work,
  roll: KeptRoll,
  turned: readonly Placement<SharedRow>[],
  { rows, before, facts }: PlacementContext,
): Promise<void> {
  const candidates = turned.flatMap(({ seen: { place, personId }, isWithheld }) => {
    const { probability = 0, reasons = [], holderId } = rows.get(place) ?? {}
    return isWithheld ? [{ personId, place, rank: 1, probability, reasons, isHolder: holderId === personId }] : []
  })
  await deleteCandidates(
    work,
    roll.id,
    turned.map(({ seen }) => seen.place),
  )
  await insertCandidates(work, roll, candidates)
  const found = turned.flatMap(({ seen, outcome, isWithheld }) => {
    const row = rows.get(seen.place)
    return row ? [{ ...row, outcome, personId: isWithheld ? undefined : seen.personId }] : []
  })
  await updateAccessCases(work, roll, before, { found, candidates, facts })
}
