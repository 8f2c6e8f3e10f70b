import * as audit from '../audit/audit.ts'
import { type Linker, prepare } from '../linkage/linkage.ts'
import type { Linked } from '../linkage/linked.ts'
import { asId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'
import { defectsAgainst, type Facts, inOrder, ownDefects, strangerDefects } from './defect.ts'
import { inDatabase, type Lookup } from './lookup.ts'
import { rollProblem } from './problems.ts'
import type { Counts, Defect, Outcome, RollId } from './roll.ts'
import { noCounts } from './roll.ts'
import { linkRecordOf, type RollRow } from './row.ts'
import { settleErrands } from './settle-errand.ts'
import * as store from './store.ts'
import * as rows from './store-row.ts'

export type { Lookup } from './lookup.ts'

/** What is asked of the comparison: a linker that was prepared for many rolls, where people are looked up, and whom to tell how far it is (0 to 1). */
export type Reconciling = {
  readonly linker?: Linker | undefined
  readonly lookup?: Lookup | undefined
  readonly onProgress?: ((share: number) => void) | undefined
  readonly beforeWriting?: (() => Promise<unknown>) | undefined
}

/** The counts of a register serve for this long; a house of a million people is counted from a sample in a second. */
const linkerMilliseconds = 10 * 60_000
const linkers = new WeakMap<object, { readonly linker: Linker; readonly at: number }>()

/** How often names and places occur in this house's register. Made once for many rolls. */
export async function linkerOf(work: Work): Promise<Linker> {
  const house = work.tx.getExecutor().adapter
  const known = linkers.get(house)
  if (known && work.now.getTime() - known.at < linkerMilliseconds) return known.linker
  const linker = prepare(await register.linkageCounts(work))
  linkers.set(house, { linker, at: work.now.getTime() })
  return linker
}

/**
 * Compares a roll with the register and puts it in force. The work runs as system over the whole house: what is shown afterwards is scoped again.
 * Everything after the lookup is the same for one roll and for a province.
 */
export async function reconcile(
  work: Work,
  rollId: RollId,
  { linker: given, lookup = inDatabase, onProgress = () => {}, beforeWriting = async () => {} }: Reconciling = {},
): Promise<Counts> {
  const roll = await store.findRoll(work, rollId)
  if (!roll) throw rollProblem('roll-unknown')
  const linker = given ?? (await linkerOf(work))
  const lines = await rows.allRows(work, rollId)
  const places = await placesOf(work, roll.schoolId)
  const records = lines.map(row => linkRecordOf(row, places))
  onProgress(0.1)

  const linked = await lookup.link(work, roll, records, linker)
  onProgress(0.75)

  const previous = await store.rollInForce(work, roll.schoolId, roll.schoolYear)
  const said = previous ? await rows.decisionsOf(work, previous) : []
  const judged = await judge(work, lookup, { lines, linked, said, day: roll.asOf })
  await beforeWriting()
  await rows.setFound(work, rollId, judged.found)
  await rows.setDecisions(work, rollId, judged.decided)
  if (roll.reconciledAt) await closeCases(work, rollId)
  await rows.deleteCandidates(work, rollId)
  await rows.insertCandidates(work, rollId, roll.schoolId, judged.candidates)
  onProgress(0.9)

  await store.setReconciled(work, rollId, linker.modelHash)
  await putInForce(work, roll, previous)
  await openCases(work, roll, judged, lines)
  await settleErrands(work, roll)
  const counts = countOutcomes(judged.found)
  await audit.record(
    work,
    'roll.reconciled',
    { kind: 'roll', id: rollId, unitId: roll.schoolId },
    { schoolYear: roll.schoolYear, asOf: roll.asOf, ...counts, model: linker.modelHash },
  )
  onProgress(1)
  return counts
}

function countOutcomes(found: readonly { readonly outcome?: Outcome | undefined }[]): Counts {
  const counts = { ...noCounts }
  for (const { outcome } of found) if (outcome) counts[outcome] += 1
  return counts
}

async function placesOf(work: Work, schoolId: store.KeptRoll['schoolId']) {
  const school = await units.getSchool(work, schoolId)
  const path = await units.pathOf(work, school.unitId, work.today)
  return { schoolCommune: school.unitId, schoolDistrict: path.find(({ level }) => level === 'district')?.id }
}

type Judging = {
  readonly lines: readonly RollRow[]
  readonly linked: readonly Linked[]
  readonly said: Awaited<ReturnType<typeof rows.decisionsOf>>
  readonly day: store.KeptRoll['asOf']
}

type Judged = { readonly found: rows.Found[]; readonly candidates: rows.Candidate[]; readonly decided: rows.Decided[] }

async function judge(work: Work, lookup: Lookup, { lines, linked, said, day }: Judging): Promise<Judged> {
  const saidOf = new Map(said.map(one => [one.lineHash, one]))
  const timesHere = new Map<string, number>()
  for (const { lineHash } of lines) timesHere.set(lineHash, (timesHere.get(lineHash) ?? 0) + 1)

  const verdicts = lines.map((line, i) => {
    const found = linked[i]!
    const machine = { outcome: found.outcome, personId: found.personId, probability: found.probability }
    const word = timesHere.get(line.lineHash) === 1 ? saidOf.get(line.lineHash) : undefined
    return {
      line: { ...line, holderId: line.number ? found.holderId : undefined },
      linked: found,
      machine,
      word,
      ...applied(machine, word),
    }
  })
  settleDuplicates(verdicts)

  const asked = new Set(verdicts.flatMap(({ personId }) => personId ?? []))
  const facts = await lookup.factsOf(work, [...asked], day)
  const times = new Map<string, number>()
  for (const { personId } of verdicts) if (personId) times.set(personId, (times.get(personId) ?? 0) + 1)

  return {
    found: verdicts.map(({ line, linked: { reasons }, machine, word, outcome, personId }) => ({
      place: line.place,
      holderId: line.holderId,
      outcome,
      personId,
      probability: machine.probability,
      reasons,
      defects: rowDefects(line, outcome, personId ? facts.get(personId) : undefined, (times.get(personId ?? '') ?? 0) > 1),
      ...(word && { found: machine }),
    })),
    candidates: verdicts.flatMap(({ line, linked, machine, word }) => (machine.outcome === 'review' || word ? shown(line, linked) : [])),
    decided: verdicts.flatMap(({ line, word }) =>
      word ? [{ place: line.place, decision: word.decision, by: word.by, at: word.at, on: word.on }] : [],
    ),
  }
}

type Machine = { readonly outcome: Outcome; readonly personId: string | undefined; readonly probability: number }

/** What a person said of the same line of the roll before holds on. */
function applied(machine: Machine, word: Judging['said'][number] | undefined): { outcome: Outcome; personId: string | undefined } {
  if (word?.decision === 'same' && word.personId) return { outcome: 'matched', personId: word.personId }
  if (word?.decision === 'different') return { outcome: 'not-found', personId: undefined }
  return { outcome: machine.outcome, personId: machine.personId }
}

/** The first row of a person by sheet and row is matched, later ones are its duplicates. */
function settleDuplicates(found: { outcome: Outcome; personId: string | undefined }[]): void {
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

const shown = ({ place, holderId }: RollRow, { candidates }: Linked): rows.Candidate[] =>
  candidates.map(({ personId, probability, reasons }, i) => ({
    personId,
    place,
    rank: i + 1,
    probability,
    reasons,
    isHolder: personId === holderId,
  }))

/** The roll before is kept, and counts no more; schools that shared its pupils are told anew. */
async function putInForce(work: Work, roll: store.KeptRoll, previous: RollId | undefined): Promise<void> {
  const before = previous && previous !== roll.id ? await rows.personsOf(work, previous) : []
  if (previous && previous !== roll.id) {
    await store.setInForce(work, previous, false)
    await closeCases(work, previous)
  }
  await store.setInForce(work, roll.id, true)
  await rows.settleAcrossSchools(work, roll.schoolYear, [...new Set([...before, ...(await rows.personsOf(work, roll.id))])])
}

export async function closeCases(work: Work, rollId: RollId): Promise<void> {
  await register.closeCase(work, { kind: 'roll-row', caseId: rollId })
  for (const id of await rows.reviewRowIds(work, rollId)) await register.closeCase(work, { kind: 'roll-review', caseId: id })
}

/** Nobody older is a pupil of any school, continuing education apart, whose older pupils their own ward sees. */
const oldestPupil = 30

/** A roll opens nobody to its senders by merely naming them: adults stay with those who see them anyway. */
async function thoseOfPupilsAge(work: Work, { asOf }: store.KeptRoll, ids: readonly register.PersonId[]): Promise<ReadonlySet<string>> {
  const people = await register.summariesOf(work, [...new Set(ids)])
  return new Set(people.filter(({ birthDate }) => Number(asOf.slice(0, 4)) - birthDate.y <= oldestPupil).map(({ id }) => id))
}

/** Whoever may see the roll may see its pupils; and those whom a row in review may be, until it is decided. */
async function openCases(work: Work, roll: store.KeptRoll, { found, candidates }: Judged, lines: readonly RollRow[]): Promise<void> {
  const rowId = new Map(lines.map(({ place, id }) => [place, id]))
  const outcomeAt = new Map(found.map(({ place, outcome }) => [place, outcome]))
  const matched = found.flatMap(({ personId }) =>
    personId ? [{ personId: asId<'person'>(personId), unitId: roll.schoolId, kind: 'roll-row', caseId: roll.id }] : [],
  )
  const asked = candidates
    .filter(({ place }) => outcomeAt.get(place) === 'review')
    .map(({ personId, place }) => ({
      personId: asId<'person'>(personId),
      unitId: roll.schoolId,
      kind: 'roll-review',
      caseId: rowId.get(place) ?? roll.id,
    }))
  const pupils = await thoseOfPupilsAge(
    work,
    roll,
    [...matched, ...asked].map(({ personId }) => personId),
  )
  await register.openCases(
    work,
    [...matched, ...asked].filter(({ personId }) => pupils.has(personId)),
  )
}
