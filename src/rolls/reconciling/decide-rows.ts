import { leastOfNobody } from '../../linkage/deciding/decide.ts'
import { onePlaceEach } from '../../linkage/deciding/one-place-each.ts'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import {
  defectsAgainst,
  defectsOfRowAlone,
  defectsWithoutPerson,
  type RegisterFacts,
  sortDefects,
} from '../find-defects.ts'
import type { RollDefect, RowOutcome } from '../roll.ts'
import type { RollRow } from '../row.ts'
import type { FoundRollRow, RowStatus } from '../store-outcome.ts'
import type { Candidate, MachineOutcome } from '../store-row.ts'
import type { LinkedRollRow } from './link-rows.ts'
import { candidatesToShow, type DecidedOutcome, decideRow, type RowComparison } from './outcome-of-row.ts'
import type { PersonLookup } from './person-lookup.ts'

/** What is written of some rows. */
export type DecidedRows = {
  readonly found: readonly FoundRollRow[]
  readonly candidates: readonly Candidate[]
  /** The register's data of the persons found. */
  readonly facts: ReadonlyMap<string, RegisterFacts>
}

export type DecideRowsOptions = {
  readonly day: Day
  readonly standing: ReadonlyMap<number, RowStatus>
  /** The candidates whom officers chose, with their last comparison. */
  readonly chosen: readonly Candidate[]
}

/**
 * Decides who some rows of a roll are, by linkage and by officers' decisions, rows of one person together; and finds
 * their defects.
 */
export async function decideRows(
  work: Work,
  lookup: PersonLookup,
  rows: readonly LinkedRollRow[],
  { day, standing, chosen }: DecideRowsOptions,
): Promise<DecidedRows> {
  const reasonsThen = new Map(chosen.map(({ place, reasons }) => [place, reasons]))
  const judged = rows.map(({ line, linked, open, refused }) => {
    const one: RowComparison = {
      linked,
      open,
      refused,
      standing: standing.get(line.place),
      reasonsThen: reasonsThen.get(line.place),
    }
    return { line: { ...line, holderId: line.number ? linked.holderId : undefined }, one, verdict: decideRow(one) }
  })
  markDuplicates(judged.map(({ verdict }) => verdict))

  const asked = new Set(judged.flatMap(({ verdict }) => verdict.personId ?? []))
  const facts = await lookup.factsOf(work, [...asked], day)
  const times = new Map<string, number>()
  for (const { verdict } of judged)
    if (verdict.personId) times.set(verdict.personId, (times.get(verdict.personId) ?? 0) + 1)

  return {
    facts,
    found: judged.map(({ line, one, verdict }) => ({
      place: line.place,
      holderId: line.holderId,
      outcome: verdict.outcome,
      personId: verdict.personId,
      withheldId: verdict.withheldId,
      probability: one.open.probability,
      margin: one.open.margin,
      reasons: one.open.reasons,
      defects: rowDefects(
        line,
        verdict.outcome,
        facts.get(verdict.personId ?? ''),
        (times.get(verdict.personId ?? '') ?? 0) > 1,
      ),
      contested: verdict.contested,
      wordIsOver: verdict.decisionIsOver,
      ...(one.standing?.decision && { found: machineFoundOf(one) }),
    })),
    candidates: judged.flatMap(({ line, one, verdict }) => {
      if (verdict.outcome === 'review' || one.open.outcome === 'review' || verdict.contested || one.standing?.decision)
        return candidatesOfRow(line, one)
      // A candidate who remains leaves a doubt about a child on no roll (rolls.undecided_for).
      return verdict.outcome === 'not-found'
        ? candidatesOfRow(line, one).filter(({ probability }) => probability >= leastOfNobody)
        : []
    }),
  }
}

/** The machine's finding beside an officer's decision, and the persons whom it had opened at that time. */
function machineFoundOf({ linked: { outcome, personId, probability }, standing }: RowComparison): MachineOutcome {
  const waits = personId !== undefined && personId === (standing?.found?.withheldId ?? standing?.withheldId)
  return {
    ...(waits ? { outcome: 'review', withheldId: personId } : { outcome, personId }),
    probability,
    ...(standing?.found?.opened && { opened: standing.found.opened }),
  }
}

/** Rows are in the order of sheet and row. */
function markDuplicates(found: readonly DecidedOutcome[]): void {
  const outcomeOf = onePlaceEach<DecidedOutcome>()
  for (const one of found) if (one.personId) one.outcome = outcomeOf(one.personId, one).outcome
}

export function rowDefects(
  line: RollRow,
  outcome: RowOutcome,
  person: RegisterFacts | undefined,
  isTwice: boolean,
): RollDefect[] {
  if (outcome === 'not-found') return defectsWithoutPerson(line)
  if (!person) return sortDefects(defectsOfRowAlone(line))
  return sortDefects([...defectsAgainst(line, person), ...(isTwice ? (['duplicate-in-roll'] as const) : [])])
}

const candidatesOfRow = ({ place, holderId }: RollRow, one: RowComparison): Candidate[] =>
  candidatesToShow(one).map(({ personId, probability, reasons }, i) => ({
    personId,
    place,
    rank: i + 1,
    probability,
    reasons,
    isHolder: personId === holderId,
  }))
