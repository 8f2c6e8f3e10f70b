import { leastOfNobody } from '../../linkage/deciding/decide.ts'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import { defectsAgainst, type Facts, inOrder, ownDefects, strangerDefects } from '../defect.ts'
import type { Defect, Outcome } from '../roll.ts'
import type { RollRow } from '../row.ts'
import type { Found, Standing } from '../store-found.ts'
import type { Candidate, MachineFound } from '../store-row.ts'
import { type Case, shownCandidates, type Verdict, verdictOf } from './decide-row.ts'
import type { LinkedRow } from './linking.ts'
import type { Lookup } from './lookup.ts'

/** What is written of some rows. */
export type Judged = {
  readonly found: readonly Found[]
  readonly candidates: readonly Candidate[]
  /** The register's data of the persons found. */
  readonly facts: ReadonlyMap<string, Facts>
}

export type Judging = {
  readonly day: Day
  readonly standing: ReadonlyMap<number, Standing>
  /** The candidates whom officers chose, with their last comparison. */
  readonly chosen: readonly Candidate[]
}

/**
 * Decides who some rows of a roll are, by linkage and by officers' decisions, rows of one person together; and finds
 * their defects.
 */
export async function judge(
  work: Work,
  lookup: Lookup,
  rows: readonly LinkedRow[],
  { day, standing, chosen }: Judging,
): Promise<Judged> {
  const reasonsThen = new Map(chosen.map(({ place, reasons }) => [place, reasons]))
  const judged = rows.map(({ line, linked, open, refused }) => {
    const one: Case = {
      linked,
      open,
      refused,
      standing: standing.get(line.place),
      reasonsThen: reasonsThen.get(line.place),
    }
    return { line: { ...line, holderId: line.number ? linked.holderId : undefined }, one, verdict: verdictOf(one) }
  })
  settleDuplicates(judged.map(({ verdict }) => verdict))

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
      wordIsOver: verdict.wordIsOver,
      ...(one.standing?.decision && { found: machineOf(one) }),
    })),
    candidates: judged.flatMap(({ line, one, verdict }) => {
      if (verdict.outcome === 'review' || one.open.outcome === 'review' || verdict.contested || one.standing?.decision)
        return shown(line, one)
      // A candidate who remains leaves a doubt about a child on no roll (rolls.undecided_for).
      return verdict.outcome === 'not-found'
        ? shown(line, one).filter(({ probability }) => probability >= leastOfNobody)
        : []
    }),
  }
}

/** The machine's finding beside an officer's decision, and the persons whom it had opened at that time. */
function machineOf({ linked: { outcome, personId, probability }, standing }: Case): MachineFound {
  const waits = personId !== undefined && personId === (standing?.found?.withheldId ?? standing?.withheldId)
  return {
    ...(waits ? { outcome: 'review', withheldId: personId } : { outcome, personId }),
    probability,
    ...(standing?.found?.opened && { opened: standing.found.opened }),
  }
}

/** The first row of a person by sheet and row is matched, later ones are its duplicates. */
function settleDuplicates(found: readonly Verdict[]): void {
  const seen = new Set<string>()
  for (const one of found) {
    if (!one.personId) continue
    one.outcome = seen.has(one.personId) ? 'duplicate' : 'matched'
    seen.add(one.personId)
  }
}

export function rowDefects(line: RollRow, outcome: Outcome, person: Facts | undefined, isTwice: boolean): Defect[] {
  if (outcome === 'not-found') return strangerDefects(line)
  if (!person) return inOrder(ownDefects(line))
  return inOrder([...defectsAgainst(line, person), ...(isTwice ? (['duplicate-in-roll'] as const) : [])])
}

const shown = ({ place, holderId }: RollRow, one: Case): Candidate[] =>
  shownCandidates(one).map(({ personId, probability, reasons }, i) => ({
    personId,
    place,
    rank: i + 1,
    probability,
    reasons,
    isHolder: personId === holderId,
  }))
