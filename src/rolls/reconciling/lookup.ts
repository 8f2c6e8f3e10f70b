import { candidateKeys } from '../../linkage/blocking/blocking.ts'
import { birthContradicts, compareBirths, compareNames } from '../../linkage/comparing/comparing.ts'
import { type Linker, link } from '../../linkage/deciding/deciding.ts'
import { asLinked, type Linked } from '../../linkage/deciding/linked.ts'
import { aLinkRecord, type LinkRecord, type RawRecord } from '../../linkage/person-record.ts'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Facts } from '../defect.ts'
import { factsOf } from '../register-facts.ts'
import type { KeptRoll } from '../store.ts'

/**
 * Where a reconciliation looks people up: the database for a roll, memory for a province. `link` answers in the order
 * of the records, which are rows of one roll, all or some of them; `factsOf` by person, units as on the day.
 */
export type Lookup = {
  link(work: Work, roll: KeptRoll, records: readonly RawRecord[], linker: Linker): Promise<Linked[]>
  factsOf(work: Work, personIds: readonly register.PersonId[], day: Day): Promise<Map<string, Facts>>
}

export const inDatabase: Lookup = {
  async link(work, { asOf }, rows, linker) {
    const records = rows.map(aLinkRecord)
    const candidates = await candidatesOf(work, records, asOf)
    return link(records, record => candidates.get(record.id) ?? [], linker).map(asLinked)
  },
  factsOf,
}

/** Links rows again without their refused persons. Few rows have any, so a province's run asks the database too. */
export async function linkWithout(
  work: Work,
  { asOf }: KeptRoll,
  rows: readonly RawRecord[],
  refused: ReadonlyMap<string, ReadonlySet<string>>,
  linker: Linker,
): Promise<Linked[]> {
  const records = rows.map(aLinkRecord)
  const candidates = await register.candidatesFor(work, records, { day: asOf })
  const open = ({ id }: LinkRecord) =>
    (candidates.get(id) ?? []).filter(candidate => !refused.get(id)?.has(candidate.id))
  return link(records, open, linker).map(asLinked)
}

const numberKeys = (record: LinkRecord) => candidateKeys(record).filter(({ by }) => by === 'number')

/**
 * A holder of the number with the whole name and no other birth date is the person; namesakes with another number are
 * not looked up.
 */
const isPlain = (row: LinkRecord, holders: readonly LinkRecord[]) =>
  row.number !== undefined &&
  holders.some(
    holder =>
      (holder.number === row.number || holder.cancelledNumbers.includes(row.number ?? '')) &&
      compareNames(row.name, holder.name) === 'exact' &&
      !birthContradicts(compareBirths(row.birth, holder.birth)),
  )

/**
 * First the rows whose number's holder is plainly the one: nobody else is asked for. Then all candidates of the others.
 */
async function candidatesOf(work: Work, records: readonly LinkRecord[], day: Day): Promise<Map<string, LinkRecord[]>> {
  const holders = await register.candidatesFor(work, records, { day, keysOf: numberKeys })
  const others = records.filter(record => !isPlain(record, holders.get(record.id) ?? []))
  const found = await register.candidatesFor(work, others, { day })
  return new Map([...holders, ...found])
}
