// The house's engine on the files of the bench: people packed, rolls as they are reconciled, one task each.
import { writeFile } from 'node:fs/promises'
import { countsOf } from '../src/linkage/frequencies.ts'
import { prepare } from '../src/linkage/linkage.ts'
import type { Linked } from '../src/linkage/linked.ts'
import { dictionary, type PackedPeople, packer, type UnitPlace } from '../src/linkage/packed.ts'
import { indexPeople } from '../src/linkage/people-index.ts'
import type { RawRecord } from '../src/linkage/person-record.ts'
import { openProvince } from '../src/linkage/province.ts'
import { unpacker } from '../src/linkage/unpack.ts'
import { stopwatch } from '../src/platform/clock.ts'
import { type CsvValue, csvLine, readCsvRows } from '../src/platform/csv.ts'
import { parsePartialDay } from '../src/platform/day.ts'
import { communes } from '../synth/place.ts'
import { peopleColumns, rowColumns } from './linkage-data.ts'
import { cpuSecondsSince, type EngineRun, type LinkFiles } from './linkage-run.ts'

/** How many persons names and places are counted on: as many as the house counts. */
const fairSample = 150_000

/** Links rows to people and writes id, person_id, score, band, shown for each row that has a candidate. */
export async function linkByOurs(files: LinkFiles, { threads }: { threads: number }): Promise<EngineRun> {
  const loading = stopwatch()
  const people = await readPeople(files.people)
  const { record } = unpacker(people, placeOf)
  const linker = prepare(countsOf(sampleOf(people.size, record), people.size))
  const province = await openProvince({ people, index: indexPeople(people), linker, places }, { threads })
  const rolls = await readRolls(files.rows)
  // A thread has come up once it has answered.
  await Promise.all(Array.from({ length: threads }, () => province.link([])))
  const load = loading() / 1000

  const [linking, cpu] = [stopwatch(), process.cpuUsage()]
  const lines: string[] = []
  const waiting = rolls.values()
  const linkNext = async () => {
    for (const rows of waiting) {
      for (const [i, linked] of (await province.link(rows)).entries()) {
        const line = lineOf(rows[i]?.id, linked)
        if (line) lines.push(csvLine(line, { formulas: 'keep' }))
      }
    }
  }
  // One roll more than there are threads, so that none of them waits for the next.
  await Promise.all(Array.from({ length: threads + 1 }, linkNext))
  const link = linking() / 1000
  const linkCpu = cpuSecondsSince(cpu)
  const pairs = province.looked()
  await province.close()
  await writeFile(files.links, ['id,person_id,score,band,shown', ...lines, ''].join('\n'))
  return { pairs, seconds: { load, learn: 0, link }, linkCpu }
}

/** Of equal probabilities the greater weight is the surer. */
function lineOf(id: string | undefined, { personId, candidates, probability }: Linked): readonly CsvValue[] | undefined {
  const best = personId ?? candidates[0]?.personId
  if (best === undefined) return undefined
  const weight = candidates.find(one => one.personId === best)?.weight ?? 0
  const shown = candidates.map(one => one.personId).join(';')
  return [id, best, probability + weight * 1e-9, personId ? 'automatic' : 'review', shown]
}

const places = new Map<string, UnitPlace>(communes.map(({ code, district }) => [code, { communes: [code], districts: [district] }]))
const nowhere: UnitPlace = { communes: [], districts: [] }
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
  const { texts, of } = dictionary()
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

async function readPeople(file: string): Promise<PackedPeople> {
  const [names, units, households] = [coder(), coder(), coder()]
  const pack = packer({ nameOf: at => names.texts[at - 1] ?? '', unitOf: at => units.texts[at - 1] ?? '' })
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
