import type { LinkageModel } from '../../linkage/comparing/weights.ts'
import { type ExpectedCoverage, learnFrom } from '../../linkage/deciding/bands.ts'
import { type Linker, makeLinker } from '../../linkage/deciding/deciding.ts'
import type { LinkResult } from '../../linkage/deciding/linked.ts'
import { type RawRecord, toLinkRecord } from '../../linkage/person-record.ts'
import { birthOf, makePacker, type PackedPeople, type UnitParents } from '../../linkage/province-run/packed.ts'
import { indexPeople, type PeopleIndex, placeOfId } from '../../linkage/province-run/people-index.ts'
import * as linkage from '../../linkage/province-run/province-run.ts'
import { makeUnpacker } from '../../linkage/province-run/unpack.ts'
import type { Day } from '../../platform/day.ts'
import { asId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { RegisterFacts } from '../find-defects.ts'
import { ensureWatermark, resetWatermarkIfMoved, type Watermark } from './pending-changes.ts'
import type { PersonLookup } from './person-lookup.ts'
import { queueRescoring } from './rescore.ts'

/**
 * The register in memory, for as long as a province's rolls are compared: read once, at one moment. What changes after
 * that moment is brought to the rolls by the house's own re-scoring, which each roll's work makes sure of.
 */
export type LoadedProvince = {
  readonly people: PackedPeople
  readonly index: PeopleIndex
  readonly places: ReadonlyMap<string, UnitParents>
  readonly counts: Parameters<typeof makeLinker>[0]
  readonly day: Day
  readonly watermark: Watermark
}

/** Reads the whole register, or those born in some years, as the house sees it on a day. About 250 bytes a person. */
export async function loadProvince(
  work: Work,
  day: Day,
  options: register.LinkStreamOptions = {},
): Promise<LoadedProvince> {
  let dictionaries: register.LinkDictionaries | undefined
  const pack = makePacker({
    nameOf: code => dictionaries?.names.textOf(code) ?? '',
    unitOf: code => dictionaries?.units.textOf(code) ?? '',
  })
  const { mark } = await register.streamLinkRecords(
    work,
    (row, theirs) => {
      dictionaries = theirs
      pack.add(row)
    },
    options,
  )
  const { people, keys } = pack.finish()
  return {
    people,
    index: indexPeople(people, keys),
    places: await unitPlacesOf(work, people.units, day),
    counts: await register.linkageCounts(work, day),
    day,
    watermark: await ensureWatermark(work, mark),
  }
}

async function unitPlacesOf(work: Work, written: readonly string[], day: Day): Promise<Map<string, UnitParents>> {
  const placeOf = register.communesAndDistrictsOn(work, day)
  const places = new Map<string, UnitParents>()
  for (const id of written.map(asId<'unit'>)) places.set(id, await placeOf([id]))
  return places
}

/** Learnt from some rows of the rolls that are to be compared; `rows` is about how many there are in all. */
export type TrainingRows = { readonly name: string; readonly some: readonly RawRecord[]; readonly rows: number }

export function learnErrorModel(
  { people, index, places, counts }: LoadedProvince,
  { name, some, rows }: TrainingRows,
): LinkageModel {
  const selector = linkage.provinceSelector({ people, index, places, linker: makeLinker(counts) })
  return learnFrom(some.map(toLinkRecord), selector, {
    size: people.size,
    counts,
    name,
    covered: coverageOf(people, some, rows),
  })
}

/** A year of birth of fewer than this share of the rows is that of a few, or a slip. */
const minBirthYearShare = 0.01
/** Some children are on no roll, however many rows there are. */
const maxCoverage = 0.95

/** How many of the register's people of the pupils' years the rolls have. */
function coverageOf({ birth }: PackedPeople, some: readonly RawRecord[], rows: number): ExpectedCoverage {
  const born = Map.groupBy(some, one => one.birth?.y ?? 0)
  const years = [...born].flatMap(([year, theirs]) =>
    year > 0 && theirs.length > some.length * minBirthYearShare ? [year] : [],
  )
  const [from, to] = [Math.min(...years), Math.max(...years)]
  const people = birth.reduce(
    (count, code) => (birthOf(code).y >= from && birthOf(code).y <= to ? count + 1 : count),
    0,
  )
  return { share: people === 0 ? 0 : Math.min(maxCoverage, rows / people), from, to }
}

export type OpenProvince = {
  readonly loaded: LoadedProvince
  readonly linker: Linker
  /** Links the rows of a roll ahead of its work, in another thread. */
  link(rows: readonly RawRecord[], signal?: AbortSignal): Promise<LinkResult[]>
  /** The same look-ups as in the database, for one work. `ahead`: the links of all its rows, made before. */
  lookup(ahead?: ReadonlyMap<string, LinkResult>): PersonLookup
  close(): Promise<void>
}

/** `bornFrom`: the first year of birth of those whom the rolls can mean. */
export function openProvince(
  loaded: LoadedProvince,
  model: LinkageModel,
  { threads, bornFrom }: { readonly threads: number; readonly bornFrom: number | undefined },
): OpenProvince {
  const { people, index, places, counts } = loaded
  const linker = makeLinker(counts, model)
  const province = linkage.openProvince({ people, index, linker, places, bornFrom }, { threads })
  const factOf = loadedFacts(loaded)
  return {
    loaded,
    linker,
    link: province.link,
    lookup: ahead => ({
      async link(work, _roll, records) {
        if (!(await resetWatermarkIfMoved(work, loaded.watermark))) await queueRescoring(work)
        if (ahead && records.length === ahead.size && records.every(({ id }) => ahead.has(id)))
          return records.flatMap(({ id }) => ahead.get(id) ?? [])
        return province.link(records)
      },
      async factsOf(_work, personIds) {
        return new Map(personIds.flatMap(id => factOf(id) ?? []))
      },
    }),
    close: province.close,
  }
}

function loadedFacts({ people, index, places }: LoadedProvince) {
  const { record } = makeUnpacker(people, unit => places.get(unit) ?? { communes: [], districts: [] })
  return (personId: register.PersonId): [[string, RegisterFacts]] | undefined => {
    const at = placeOfId(index, people, personId)
    if (at < 0) return undefined
    const { name, birth, sex, number, cancelledNumbers, communes } = record(at)
    const home = people.units[(people.home[at] ?? 0) - 1]
    const facts: RegisterFacts = {
      personId,
      fullName: name?.marked ?? '',
      birth: birth ?? { y: 0 },
      sex: sex ?? 'M',
      ...(number && { number }),
      cancelled: cancelledNumbers,
      isDead: people.dead[at] === 1,
      permanentCommunes: home ? (places.get(home)?.communes ?? []) : [],
      communes,
    }
    return [[personId, facts]]
  }
}
