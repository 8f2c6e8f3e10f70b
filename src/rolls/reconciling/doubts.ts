import { setImmediate } from 'node:timers/promises'
import { makeLinker } from '../../linkage/deciding/deciding.ts'
import { personOf, roundProbability } from '../../linkage/deciding/linked.ts'
import { reasonsFor } from '../../linkage/deciding/reason.ts'
import { toLinkRecord } from '../../linkage/person-record.ts'
import { possiblePersonFinder } from '../../linkage/province-run/doubt.ts'
import { birthOf } from '../../linkage/province-run/packed.ts'
import { placeOfId } from '../../linkage/province-run/people-index.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { getErrorModel } from '../error-model.ts'
import { leastLikelyPupil } from '../law.ts'
import { firstYearOf } from '../roll.ts'
import { linkRecordOf, type RollRow, type SchoolPlaces } from '../row.ts'
import { schoolAgeIn } from '../school-age.ts'
import { schoolPlacesOf } from './link-rows.ts'
import { type LoadedProvince, loadProvince } from './register-in-memory.ts'
import * as store from './store-doubt.ts'

/**
 * How much a class says about a year of birth, in bits, where row and person disagree on the year and it supports one.
 */
const gradeBits = 4
const rowsPerBatch = 25
/** Doubts are ranked after the candidates of the comparison. */
const firstRank = 100

/**
 * Weighs every unmatched or undecided row of a year against the children on no roll. Among a million people a row with
 * two errors may be anyone; among the few thousand children who are on no roll it is one of them or none. All of them
 * are equally likely beforehand, and as likely as that the row is not in the register. `loaded`: the register in
 * memory, where a province's run has it.
 */
export async function weighDoubts(openWork: OpenWork, schoolYear: string, loaded?: LoadedProvince): Promise<void> {
  await openWork(asSystem('roll'), async work => {
    const age = schoolAgeIn(schoolYear, work)
    await store.holdDoubts(work, schoolYear)
    const enrolled = await store.findEnrolled(work, schoolYear)
    if (!age || !enrolled) return
    const rows = await store.findOpenRows(work, schoolYear)
    const among = loaded ?? (await loadProvince(work, enrolled.day, { bornFrom: age.all.from, bornTo: age.all.to }))
    const free = childrenOnNoRoll(among, age.all, enrolled.personIds)
    await store.setDoubts(work, schoolYear, await findDoubts(work, { rows, among, free, schoolYear }))
    await store.setDoubtsWeighed(work, schoolYear)
  })
}

/** The same, only where something changed since, for a caller that does not wait for the job. */
export async function weighDueDoubts(openWork: OpenWork, schoolYear: string): Promise<void> {
  if (await openWork(asSystem('roll'), work => store.areDoubtsDue(work, schoolYear)))
    await weighDoubts(openWork, schoolYear)
}

/** The places in `people` of the living residents of school age who are on no roll. */
function childrenOnNoRoll(
  { people, index }: LoadedProvince,
  born: { readonly from: number; readonly to: number },
  enrolled: readonly string[],
) {
  const isFree = new Uint8Array(people.size)
  for (let place = 0; place < people.size; place++) {
    const { y } = birthOf(people.birth[place] ?? 0)
    if (y >= born.from && y <= born.to && people.dead[place] === 0 && people.unit[place] !== 0) isFree[place] = 1
  }
  for (const id of enrolled) {
    const place = placeOfId(index, people, id)
    if (place >= 0) isFree[place] = 0
  }
  return Int32Array.from(isFree.keys().filter(place => isFree[place] === 1))
}

type DoubtWeighing = {
  readonly rows: readonly RollRow[]
  readonly among: LoadedProvince
  readonly free: Int32Array
  readonly schoolYear: string
}

async function findDoubts(work: Work, { rows, among, free, schoolYear }: DoubtWeighing): Promise<store.RowDoubt[]> {
  if (free.length === 0) return []
  const linker = makeLinker(among.counts, await getErrorModel(work))
  const find = possiblePersonFinder({ ...among, linker }, free)
  const fewer = Math.log2(linker.frequencies.total / free.length)
  const least = Math.log2(leastLikelyPupil) - fewer - gradeBits
  const placesOf = new Map<string, SchoolPlaces>()
  const doubts: store.RowDoubt[] = []
  for (const [at, row] of rows.entries()) {
    // Ten milliseconds or so: the server answers in between.
    if (at % rowsPerBatch === 0) await setImmediate()
    const places = placesOf.get(row.schoolId) ?? (await schoolPlacesOf(work, row.schoolId))
    placesOf.set(row.schoolId, places)
    const record = toLinkRecord(linkRecordOf(row, places))
    const found = find(record, least).map(one => ({
      ...one,
      odds: 2 ** (one.bits + fewer + gradeEvidence(row, one.scored.candidate.birth?.y, schoolYear)),
    }))
    const all = found.reduce((sum, { odds }) => sum + odds, 1)
    const likely = found.filter(({ odds }) => odds / all >= leastLikelyPupil).toSorted((a, b) => b.odds - a.odds)
    for (const [after, { scored, odds }] of likely.entries())
      doubts.push({
        personId: personOf(scored),
        rollId: row.rollId,
        place: row.place,
        rank: firstRank + after,
        probability: roundProbability(odds / all),
        reasons: reasonsFor(record, { ...scored, posterior: odds / all }),
      })
  }
  return doubts
}

/** Pupils of a grade were born in one year, most of them. */
function gradeEvidence({ grade, birth }: RollRow, born: number | undefined, schoolYear: string): number {
  const first = firstYearOf(schoolYear)
  if (!grade || !birth || !born || !first || birth.y === born) return 0
  const usual = first - 5 - grade
  return born === usual ? gradeBits : birth.y === usual ? -gradeBits : 0
}
