// The house's engine on the files of the bench: people packed, rolls as they are reconciled, one task each.
import { writeFile } from 'node:fs/promises'
import { type NameCounts, nameCountsOf } from '../../src/linkage/comparing/frequencies.ts'
import type { LinkageModel } from '../../src/linkage/comparing/weights.ts'
import { learnFrom } from '../../src/linkage/deciding/bands.ts'
import { makeLinker } from '../../src/linkage/deciding/deciding.ts'
import { type RawRecord, toLinkRecord } from '../../src/linkage/person-record.ts'
import { makeDictionary, makePacker, type UnitParents } from '../../src/linkage/province-run/packed.ts'
import { indexPeople } from '../../src/linkage/province-run/people-index.ts'
import { type ProvinceData, provinceSelector } from '../../src/linkage/province-run/province-run.ts'
import { packRows } from '../../src/linkage/province-run/thread-messages.ts'
import { makeUnpacker } from '../../src/linkage/province-run/unpack.ts'
import { stopwatch } from '../../src/platform/clock.ts'
import { readCsvRows } from '../../src/platform/csv/read-csv.ts'
import { parsePartialDay } from '../../src/platform/day.ts'
import { openWorkerPool } from '../../src/platform/jobs/worker-pool.ts'
import { communes } from '../../synth/people/place.ts'
import { peopleColumns, rowColumns } from './data.ts'
import type { ShareAnswer, ShareTask } from './linking-thread.ts'
import { cpuSecondsSince, type EngineRun, type LinkFiles } from './run.ts'

/** How many persons names and places are counted on: as many as the house counts. */
const fairSample = 150_000
/** As many as the house learns from. */
const rollsToLearn = 24

/** Links rows to people and writes id, person_id, score, band, shown for each row that has a candidate. */
export async function linkByOurs(files: LinkFiles, { threads }: { threads: number }): Promise<EngineRun> {
  const loading = stopwatch()
  const { people, keys } = await readPeople(files.people)
  const { record } = makeUnpacker(people, placeOf)
  const counts = nameCountsOf(sampleOf(people.size, record), people.size)
  const index = indexPeople(people, keys)
  const rolls = [...(await readRolls(files.rows)).values()]
  const learning = stopwatch()
  const model = learnModel(rolls, { people, index, places, linker: makeLinker(counts) }, counts)
  const learn = learning() / 1000
  const shares = openShares({ people, index, linker: makeLinker(counts, model), places }, threads)
  await shares.load(rolls)
  const load = loading() / 1000 - learn

  const [linking, cpu] = [stopwatch(), process.cpuUsage()]
  const pairs = await shares.link()
  const link = linking() / 1000
  const linkCpu = cpuSecondsSince(cpu)
  await writeFile(files.links, ['id,person_id,score,band,shown', ...(await shares.tell()), ''].join('\n'))
  await shares.close()
  return { pairs, seconds: { load, learn, link }, linkCpu }
}

/**
 * From some of the rolls, as the house learns from the first files of a folder; few rows, as in the bench's own test,
 * keep the typical rates.
 */
function learnModel(rolls: readonly (readonly RawRecord[])[], of: ProvinceData, counts: NameCounts): LinkageModel {
  const some = rolls.slice(0, rollsToLearn).flat().map(toLinkRecord)
  return learnFrom(some, provinceSelector(of), { size: of.people.size, counts, name: 'bench' })
}

/**
 * Threads that hold a share of the rolls each, as even as whole rolls make it: both sides are in memory before the
 * clock is started.
 */
function openShares(of: ProvinceData, count: number) {
  const script = new URL('./linking-thread.ts', import.meta.url)
  const shares = Array.from({ length: count }, () => ({
    rows: 0,
    thread: openWorkerPool<ShareTask, ShareAnswer>(script, {
      count: 1,
      data: of,
      megabytes: 1024,
      youngMegabytes: 192,
    }),
  }))
  const askAll = (task: ShareTask) => Promise.all(shares.map(({ thread }) => thread.ask(task)))
  return {
    async load(rolls: Iterable<readonly RawRecord[]>): Promise<void> {
      for (const rows of [...rolls].sort((a, b) => b.length - a.length)) {
        const least = shares.reduce((one, other) => (other.rows < one.rows ? other : one))
        least.rows += rows.length
        await least.thread.ask({ rows: packRows(rows) })
      }
      await askAll('warm up')
    },
    /** Gives how many pairs were looked at. */
    async link(): Promise<number> {
      return (await askAll('link')).reduce<number>((sum, pairs) => sum + Number(pairs), 0)
    },
    tell: async () => (await askAll('tell')).flat().map(String),
    close: () => Promise.all(shares.map(({ thread }) => thread.close())),
  }
}

const places = new Map<string, UnitParents>(
  communes.map(({ code, district }) => [code, { communes: [code], districts: [district] }]),
)
const nowhere: UnitParents = { communes: [], districts: [] }
const placeOf = (unit: string) => places.get(unit) ?? nowhere

function* sampleOf<T>(size: number, at: (i: number) => T) {
  const step = Math.max(1, Math.floor(size / fairSample))
  for (let i = 0; i < size; i += step) yield at(i)
}

const digits = (text: string | undefined) => Number(text || 0)
/** 0912345678 → 84912345678. */
const international = (phone: string) => (phone ? `84${phone.slice(1)}` : '')

/** Codes of texts. What is kept is a copy: the reader's texts are views on a whole piece of the file. */
function coder() {
  const known = new Map<string, number>()
  const { texts, of } = makeDictionary()
  return {
    texts,
    of(text: string): number {
      if (text === '') return 0
      const code = known.get(text)
      if (code !== undefined) return code
      const copy = Buffer.from(text).toString()
      known.set(copy, of(copy))
      return texts.length
    },
  }
}

async function readPeople(file: string): Promise<ReturnType<ReturnType<typeof makePacker>['finish']>> {
  const [names, units, households] = [coder(), coder(), coder()]
  const pack = makePacker({ nameOf: at => names.texts[at - 1] ?? '', unitOf: at => units.texts[at - 1] ?? '' })
  for await (const { columns, rows } of readCsvRows(file, { columns: peopleColumns })) {
    const at = columnsIn(columns)
    for (const row of rows) {
      const text = (name: PeopleColumn) => row[at(name)] ?? ''
      const [y = 0, m = 0, d = 0] = text('birth').split('-').map(Number)
      const cancelled = text('cancelled_numbers').split(';').filter(Boolean).map(Number)
      const unit = units.of(text('commune'))
      pack.add({
        id: Buffer.from(text('id').replaceAll('-', ''), 'hex'),
        name: names.of(text('name')),
        birthYear: y,
        birthMonth: m,
        birthDay: d,
        sex: text('sex') === 'F' ? 'F' : 'M',
        number: digits(text('number')),
        cancelled,
        cancelledCount: cancelled.length,
        oldNumber: digits(text('old_number')),
        units: [unit],
        unitCount: unit ? 1 : 0,
        permanentUnit: unit,
        lifeStatus: 'alive',
        phone: digits(international(text('phone'))),
        household: households.of(text('household')),
        fatherName: names.of(text('father')),
        fatherYear: digits(text('father_year')),
        motherName: names.of(text('mother')),
        motherYear: digits(text('mother_year')),
      })
    }
  }
  return pack.finish()
}

type PeopleColumn = (typeof peopleColumns)[number]
type RowColumn = (typeof rowColumns)[number]
type Row = Readonly<Record<RowColumn, string>>

const between = '\t'

const columnsIn = (columns: readonly string[]) => {
  const places = new Map(columns.map((name, i) => [name, i]))
  return (name: string) => places.get(name) ?? -1
}

/** The rows of each roll, as the house has them once its files are read. */
async function readRolls(file: string): Promise<ReadonlyMap<string, RawRecord[]>> {
  const rolls = new Map<string, RawRecord[]>()
  for await (const { columns, rows } of readCsvRows(file, { columns: rowColumns })) {
    const at = columnsIn(columns)
    for (const values of rows) {
      const row = recordOf(name => values[at(name)] ?? '')
      const roll = rolls.get(values[at('roll')] ?? '')
      if (roll) roll.push(row)
      else rolls.set(Buffer.from(values[at('roll')] ?? '').toString(), [row])
    }
  }
  return rolls
}

/** What is kept is a copy: the reader's texts are views on a whole piece of the file. */
function recordOf(read: (column: RowColumn) => string): RawRecord {
  const values = Buffer.from(rowColumns.map(read).join(between)).toString().split(between)
  const row = Object.fromEntries(rowColumns.map((name, i) => [name, values[i] ?? ''])) as Row
  const year = (text: string) => (text ? Number(text) : undefined)
  const birth = parsePartialDay(row.birth)
  return {
    id: row.id,
    name: row.name,
    ...(birth && { birth }),
    ...((row.sex === 'M' || row.sex === 'F') && { sex: row.sex }),
    number: row.number,
    communes: row.commune ? [row.commune] : [],
    districts: row.district ? [row.district] : [],
    schoolCommune: row.school_commune,
    schoolDistrict: row.school_district,
    fatherName: row.father,
    fatherYear: year(row.father_year),
    motherName: row.mother,
    motherYear: year(row.mother_year),
    phone: row.phone ? `+${international(row.phone)}` : '',
  }
}
