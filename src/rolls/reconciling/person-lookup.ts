import { candidateKeys } from '../../linkage/blocking/blocking.ts'
import { birthContradicts, compareBirths, nameLevelOf } from '../../linkage/comparing/comparing.ts'
import { type Linker, linkInTurns } from '../../linkage/deciding/deciding.ts'
import { type LinkResult, toLinkResult } from '../../linkage/deciding/linked.ts'
import { type LinkRecord, type RawRecord, toLinkRecord } from '../../linkage/person-record.ts'
import type { Day } from '../../platform/day.ts'
import { mapInTurns } from '../../platform/jobs/turns.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { RegisterFacts } from '../find-defects.ts'
import { oldestPupil } from '../law.ts'
import { registerFactsOf } from '../register-facts.ts'
import type { KeptRoll } from '../store.ts'

/**
 * Where a reconciliation looks people up: the database for a roll, memory for a province. `link` answers in the order
 * of the records, which are rows of one roll, all or some of them; `factsOf` by person, units as on the day.
 */
export type PersonLookup = {
  link(work: Work, roll: KeptRoll, records: readonly RawRecord[], linker: Linker): Promise<LinkResult[]>
  factsOf(work: Work, personIds: readonly register.PersonId[], day: Day): Promise<Map<string, RegisterFacts>>
}

export const databaseLookup: PersonLookup = {
  async link(work, roll, rows, linker) {
    const records = await mapInTurns(rows, toLinkRecord)
    const candidates = await linkCandidatesOf(work, records, roll.asOf)
    const isMeant = pupilFilter(work, roll)
    const meant = (record: LinkRecord) => (candidates.get(record.id) ?? []).filter(isMeant)
    return mapInTurns(await linkInTurns(records, meant, linker), toLinkResult)
  },
  factsOf: registerFactsOf,
}

/**
 * The first year of birth of those whom a roll can mean: a row of an adult who can be no pupil is compared with nobody,
 * so that a roll does not tell whether the register has them, by name or by number, whoever brings it. A roll of staff
 * means adults.
 */
export const pupilsBornFrom = (work: Work, { kind, asOf }: Pick<KeptRoll, 'kind' | 'asOf'>): number | undefined =>
  kind === 'staff' ? undefined : Number(asOf.slice(0, 4)) - ruleOn(oldestPupil, work.today, work)

function pupilFilter(work: Work, roll: KeptRoll): (person: LinkRecord) => boolean {
  const since = pupilsBornFrom(work, roll)
  return ({ birth }) => since === undefined || birth === undefined || birth.y >= since
}

/** Links rows again without their refused persons. Few rows have any, so a province's run asks the database too. */
export async function linkWithoutRefused(
  work: Work,
  roll: KeptRoll,
  rows: readonly RawRecord[],
  refused: ReadonlyMap<string, ReadonlySet<string>>,
  linker: Linker,
): Promise<LinkResult[]> {
  const records = await mapInTurns(rows, toLinkRecord)
  const candidates = await register.findLinkCandidates(work, records, { day: roll.asOf })
  const isMeant = pupilFilter(work, roll)
  const open = ({ id }: LinkRecord) =>
    (candidates.get(id) ?? []).filter(candidate => isMeant(candidate) && !refused.get(id)?.has(candidate.id))
  return mapInTurns(await linkInTurns(records, open, linker), toLinkResult)
}

const numberKeys = (record: LinkRecord) => candidateKeys(record).filter(({ by }) => by === 'number')

/**
 * A holder of the number with the whole name and no other birth date is the person; namesakes with another number are
 * not looked up.
 */
const isUnambiguous = (row: LinkRecord, holders: readonly LinkRecord[]) =>
  row.number !== undefined &&
  holders.some(
    holder =>
      (holder.number === row.number || holder.cancelledNumbers.includes(row.number ?? '')) &&
      nameLevelOf(row.name, holder.name) === 'exact' &&
      !birthContradicts(compareBirths(row.birth, holder.birth)),
  )

/**
 * First the rows whose number's holder is plainly the one: nobody else is asked for. Then all candidates of the others.
 */
async function linkCandidatesOf(
  work: Work,
  records: readonly LinkRecord[],
  day: Day,
): Promise<Map<string, LinkRecord[]>> {
  const holders = await register.findLinkCandidates(work, records, { day, keysOf: numberKeys })
  const others = records.filter(record => !isUnambiguous(record, holders.get(record.id) ?? []))
  const found = await register.findLinkCandidates(work, others, { day })
  return new Map([...holders, ...found])
}
