import { type CandidateKey, candidateKeys } from '../../linkage/blocking/blocking.ts'
import type { NameCounts } from '../../linkage/comparing/frequencies.ts'
import { type LinkName, type LinkRecord, linkName } from '../../linkage/person-record.ts'
import { type Day, partialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import * as store from './store-candidate.ts'

export { countPersons } from './store-candidate.ts'

/**
 * Finds the candidates of each record by linkage's keys: a Map from the record's id. The work runs as system over the
 * whole house; what is shown afterwards is scoped again on reading. `day` is the day on which both sides read their
 * units.
 */
export async function findLinkCandidates(
  work: Work,
  records: readonly LinkRecord[],
  { day = work.today, keysOf = candidateKeys as (record: LinkRecord) => readonly CandidateKey[] } = {},
): Promise<Map<string, LinkRecord[]>> {
  const asked = records.flatMap((record, row) => keysOf(record).map(key => ({ row, key }) as store.RecordKey))
  const people = new Map<number, Set<string>>()
  const everyone = new Set<string>()
  for (const { row, person_id } of await store.candidatePairs(work, asked)) {
    const theirs = people.get(row)
    if (theirs) theirs.add(person_id)
    else people.set(row, new Set([person_id]))
    everyone.add(person_id)
  }

  const known = new Map((await linkRecordsOf(work, [...everyone], day)).map(record => [record.id, record]))
  return new Map(
    records.map((record, row) => [record.id, [...(people.get(row) ?? [])].flatMap(id => known.get(id) ?? [])]),
  )
}

/** Persons as linkage sees them; persons outside the work's scope are left out. */
export async function linkRecordsOf(work: Work, ids: readonly string[], day: Day = work.today): Promise<LinkRecord[]> {
  const placeOf = communesAndDistrictsOn(work, day)
  const nameOf = memoizeFold(linkName)
  const records: LinkRecord[] = []
  for (let at = 0; at < ids.length; at += 20_000)
    for (const row of await store.candidateRows(work, ids.slice(at, at + 20_000))) {
      const { communes, districts } = await placeOf(row.units ?? [])
      records.push({
        id: row.person_id,
        ...optionalName(nameOf(row.full_name)),
        birth: partialDay(row.birth_y, row.birth_m, row.birth_d),
        sex: row.sex === 'F' ? 'F' : 'M',
        ...(row.number && { number: row.number }),
        cancelledNumbers: row.cancelled ?? [],
        ...(row.old_number && { oldNumber: row.old_number }),
        communes,
        districts,
        ...parentFrom('father', row.father_name, row.father_y, nameOf),
        ...parentFrom('mother', row.mother_name, row.mother_y, nameOf),
        ...(row.phone && { phone: row.phone }),
        ...(row.household && { household: row.household }),
      })
    }
  return records
}

const optionalName = (name: LinkName | undefined) => (name ? { name } : {})

const memoizeFold = (fold: typeof linkName) => {
  const known = new Map<string, LinkName | undefined>()
  return (written: string) => {
    if (!known.has(written)) known.set(written, fold(written))
    return known.get(written)
  }
}

function parentFrom(
  parent: 'father' | 'mother',
  written: string | null,
  year: number | null,
  nameOf: (written: string) => LinkName | undefined,
) {
  const name = written === null ? undefined : nameOf(written)
  if (!name && year === null) return {}
  return { [parent]: { ...(name && { name }), ...(year !== null && { birthYear: year }) } }
}

type CommunesAndDistricts = { readonly communes: readonly string[]; readonly districts: readonly string[] }

/**
 * The communes of a day, and their districts, of some units; a commune that was merged since stands for what it became.
 */
export function communesAndDistrictsOn(
  work: Work,
  day: Day,
): (ids: readonly string[]) => Promise<CommunesAndDistricts> {
  const one = async (id: Id<'unit'>): Promise<CommunesAndDistricts> => {
    const unit = await units.findUnit(work, id)
    const ended = unit?.validTo && unit.validTo <= day
    const ids = ended ? (await units.successorsOf(work, id)).map(({ newId }) => newId) : [id]
    const paths = await Promise.all(ids.map(each => units.unitPath(work, each, day)))
    return {
      communes: ids,
      districts: paths.flatMap(path =>
        path.filter(({ level }) => level === 'district').map(({ id: district }) => district as string),
      ),
    }
  }
  const all = async (ids: readonly string[]): Promise<CommunesAndDistricts> => {
    const found = await Promise.all(ids.map(id => one(id as Id<'unit'>)))
    return {
      communes: [...new Set(found.flatMap(p => p.communes))],
      districts: [...new Set(found.flatMap(p => p.districts))],
    }
  }
  // A province has some hundred units, and a million people who live in one or two of them.
  const known = new Map<string, Promise<CommunesAndDistricts>>()
  return ids => {
    const key = ids.join()
    const places = known.get(key) ?? all(ids)
    known.set(key, places)
    return places
  }
}

/** Above so many persons a sample of about so many is counted. */
const sampleSize = 150_000

/**
 * How often names, years and places occur, for linkage's `prepare`; of the whole house, or of a sample where that is
 * large.
 */
export async function linkageCounts(work: Work, day: Day = work.today): Promise<NameCounts> {
  const total = await store.countPersons(work)
  const { parts, births, communes } = await store.countLinkageParts(
    work,
    Math.min(100, Math.max(1, (100 * sampleSize) / Math.max(total, 1))),
  )
  const names = {
    families: new Map<string, number>(),
    middles: new Map<string, number>(),
    givens: new Map<string, number>(),
  }
  const add = (counts: Map<string, number>, value: string, count: number) =>
    counts.set(value, (counts.get(value) ?? 0) + count)
  for (const { part, value, count } of parts) add(names[part], value, count)

  const placeOf = communesAndDistrictsOn(work, day)
  const [byCommune, byDistrict] = [new Map<string, number>(), new Map<string, number>()]
  for (const { unit_id, count } of communes) {
    const place = await placeOf([unit_id])
    for (const commune of place.communes) add(byCommune, commune, count)
    for (const district of place.districts) add(byDistrict, district, count)
  }
  const whole = births.reduce((sum, row) => sum + row.whole, 0)
  return {
    total,
    families: Object.fromEntries(names.families),
    middles: Object.fromEntries(names.middles),
    givens: Object.fromEntries(names.givens),
    years: Object.fromEntries(births.map(({ birth_y, count }) => [birth_y, count])),
    communes: Object.fromEntries(byCommune),
    districts: Object.fromEntries(byDistrict),
    ...(whole > 0 && { newYearShare: births.reduce((sum, row) => sum + row.new_year, 0) / whole }),
  }
}
