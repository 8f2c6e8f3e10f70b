// Two files of the bench, folded alike for every engine, and the truth between them: the people of a register, and the
// rows of its schools' rolls.
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { foldMarks, nameWords } from '../../src/names/name.ts'
import { readCsv, readCsvRows } from '../../src/platform/csv/read-csv.ts'
import { csvLine } from '../../src/platform/csv/write-csv.ts'
import { formatPartialDay, type PartialDay, parsePartialDay } from '../../src/platform/day.ts'
import { communes } from '../../synth/people/place.ts'
import { type Random, shuffle, stream } from '../../synth/random.ts'
import { type Communes, drawForm, type Pupil, type Told, tell } from './damage.ts'

export type Files = { readonly people: string; readonly rows: string; readonly truth: string }
export const filesIn = (folder: string, factor: number): Files => ({
  people: join(folder, 'people.csv'),
  rows: join(folder, `rows-${factor}.csv`),
  truth: join(folder, `truth-${factor}.csv`),
})

const folded = ['name_marked', 'name_plain', 'father_plain', 'mother_plain'] as const
const told = [
  'name',
  'birth',
  'sex',
  'number',
  'commune',
  'district',
  'father',
  'father_year',
  'mother',
  'mother_year',
  'phone',
] as const
export const peopleColumns = ['id', 'cancelled_numbers', 'old_number', 'household', ...told, ...folded] as const
export const rowColumns = ['id', 'roll', 'school_commune', 'school_district', ...told, ...folded] as const
const truthColumns = ['id', 'person_id', 'number_is', 'damage'] as const

export type Wanted = {
  /**
   * persons.csv (interfaces.md) of more people than the register is to have: children who are on no register are taken
   * out of it.
   */
  readonly persons: string
  readonly out: string
  /** Rows of all rolls, as far as there are children. */
  readonly rows: number
  /** The share of rows whose child is not in the register. */
  readonly strangers: number
  readonly factors: readonly number[]
  readonly seed: number
}

/**
 * Children of school age are drawn, and some of them taken out of the register: what is left of these are their
 * parents, brothers and sisters, so that they look like all others. Then each is told, once for each factor, with that
 * many times the usual damage. Gives how many people and rows there are.
 */
export async function writeLinkageData({
  persons,
  out,
  rows,
  strangers,
  factors,
  seed,
}: Wanted): Promise<{ people: number; rows: number }> {
  await mkdir(out, { recursive: true })
  const random = stream(seed, 'linkage')
  const { children, years } = await readChildren(persons)
  const drawn = shuffle(children, random).slice(0, rows)
  const outside = new Set(drawn.slice(0, Math.round(drawn.length * strangers)).map(({ id }) => id))
  const people = await writePeople(persons, filesIn(out, 1).people, years, outside)
  const rolls = rollsOf(drawn, random)
  const pupils = pupilsOf(drawn, years)
  for (const factor of factors)
    await writeRows(filesIn(out, factor), rolls, { pupils, outside, factor, random: stream(seed, 'damage', factor) })
  return { people, rows: drawn.length }
}

type Child = { readonly id: string; readonly values: Readonly<Record<string, string>> }

/** A person's id on both sides, by the line in persons.csv. */
const idOf = (line: number) => `00000000-0000-7000-8000-${String(line).padStart(12, '0')}`
const goesToSchool = (birth: string) => birth >= '2004-06' && birth < '2017'

/** The children of school age, and the year of everybody's birth by number. */
async function readChildren(persons: string): Promise<{ children: Child[]; years: ReadonlyMap<string, number> }> {
  const children: Child[] = []
  const years = new Map<string, number>()
  for await (const { columns, rows, lines } of readCsvRows(persons)) {
    const [number, birth] = [columns.indexOf('person_number'), columns.indexOf('birth_date')]
    for (const [i, row] of rows.entries()) {
      years.set(owned(row[number]), Number(row[birth]?.slice(0, 4)))
      if (!goesToSchool(row[birth] ?? '')) continue
      const values = Object.fromEntries(columns.map((name, c) => [name, owned(row[c])]))
      children.push({ id: idOf(lines[i] ?? 0), values })
    }
  }
  return { children, years }
}

/** A copy: the reader's texts are views on a whole piece of the file. */
const owned = (text: string | undefined) => Buffer.from(text ?? '').toString()

const marked = (name: string) => nameWords(name).join(' ')
const yearIn = (years: ReadonlyMap<string, number>, number: string | undefined) => years.get(number ?? '') ?? 0
const shown = (year: number) => (year ? String(year) : '')

async function writePeople(
  persons: string,
  path: string,
  years: ReadonlyMap<string, number>,
  outside: ReadonlySet<string>,
): Promise<number> {
  const file = writer(path, peopleColumns)
  for await (const { line, values: one } of readCsv(persons)) {
    if (!one || outside.has(idOf(line))) continue
    const {
      full_name: name = '',
      father_name: father = '',
      mother_name: mother = '',
      residence_unit: commune = '',
    } = one
    await file.write({
      id: idOf(line),
      name,
      birth: one['birth_date'],
      sex: one['sex'],
      number: one['person_number'],
      cancelled_numbers: one['cancelled_numbers'],
      old_number: one['old_number'],
      household: one['household_number'],
      commune,
      district: districtOf.get(commune),
      father,
      father_year: shown(yearIn(years, one['father_number'])),
      mother,
      mother_year: shown(yearIn(years, one['mother_number'])),
      phone: one['phone'],
      ...foldedOf({ name, father, mother }),
    })
  }
  return file.close()
}

const districtOf = new Map(communes.map(({ code, district }) => [code, district]))
const places: Communes = {
  near: commune => communesIn.get(districtOf.get(commune) ?? '') ?? [commune],
  all: communes.map(({ code }) => code),
}
const communesIn = new Map(
  [...Map.groupBy(communes, ({ district }) => district)].map(([key, list]) => [key, list.map(({ code }) => code)]),
)

const foldedOf = ({ name, father, mother }: { name: string; father: string; mother: string }) => ({
  name_marked: marked(name),
  name_plain: foldMarks(name),
  father_plain: foldMarks(father),
  mother_plain: foldMarks(mother),
})

type Telling = {
  readonly pupils: ReadonlyMap<string, Pupil>
  readonly outside: ReadonlySet<string>
  readonly factor: number
  readonly random: Random
}

async function writeRows(
  files: Files,
  rolls: readonly Roll[],
  { pupils, outside, factor, random }: Telling,
): Promise<void> {
  const [rows, truth] = [writer(files.rows, rowColumns), writer(files.truth, truthColumns)]
  let id = 0
  for (const { roll, children } of rolls) {
    const classmates = children.map(child => pupils.get(child.id) as Pupil)
    const around = { random, form: drawForm(random), classmates, communes: places }
    const school = random.pick(classmates).commune
    for (const [i, child] of children.entries()) {
      const row = tell(classmates[i] as Pupil, factor, around)
      id += 1
      await rows.write({ id, roll, school_commune: school, school_district: districtOf.get(school), ...valuesOf(row) })
      const personId = outside.has(child.id) ? '' : child.id
      await truth.write({ id, person_id: personId, number_is: row.numberIs, damage: row.damage.join(';') })
    }
  }
  await rows.close()
  await truth.close()
}

const valuesOf = (row: Told) => ({
  ...row,
  birth: formatPartialDay(row.birth),
  district: districtOf.get(row.commune),
  father_year: shown(row.fatherYear),
  mother_year: shown(row.motherYear),
  ...foldedOf(row),
})

function pupilsOf(drawn: readonly Child[], years: ReadonlyMap<string, number>): ReadonlyMap<string, Pupil> {
  const siblings = Map.groupBy(
    drawn,
    ({ values }) => values['mother_number'] || values['father_number'] || values['person_number'],
  )
  return new Map(
    drawn.map(({ id, values: one }) => {
      const sibling = siblings.get(one['mother_number'] || one['father_number'])?.find(other => other.id !== id)
      return [
        id,
        {
          name: one['full_name'] ?? '',
          birth: parsePartialDay(one['birth_date'] ?? '') as PartialDay,
          sex: one['sex'] === 'F' ? 'F' : 'M',
          number: one['person_number'] ?? '',
          cancelled: (one['cancelled_numbers'] ?? '').split(';').filter(Boolean),
          sibling: sibling?.values['person_number'] ?? '',
          commune: one['residence_unit'] ?? '',
          father: one['father_name'] ?? '',
          fatherYear: yearIn(years, one['father_number']),
          mother: one['mother_name'] ?? '',
          motherYear: yearIn(years, one['mother_number']),
          phone: one['phone'] ?? '',
        } satisfies Pupil,
      ]
    }),
  )
}

const largestRoll = 900
type Roll = { readonly roll: string; readonly children: readonly Child[] }

/** Schools take the children of a commune, upper secondary ones those of a district; a large place has several. */
function rollsOf(drawn: readonly Child[], random: Random): Roll[] {
  const levelOf = (birth: string) => (birth >= '2012' ? 'primary' : birth >= '2008' ? 'lower' : 'upper')
  const placeOf = (level: string, commune: string) => (level === 'upper' ? (districtOf.get(commune) ?? '') : commune)
  const byPlace = Map.groupBy(drawn, ({ values }) => {
    const level = levelOf(values['birth_date'] ?? '')
    return `${level}-${placeOf(level, values['residence_unit'] ?? '')}`
  })
  return [...byPlace].flatMap(([place, children]) => {
    const count = Math.ceil(children.length / largestRoll)
    const mixed = shuffle([...children], random)
    return Array.from({ length: count }, (_, i) => ({
      roll: `${place}-${i + 1}`,
      children: mixed.filter((_, at) => at % count === i),
    }))
  })
}

/** Writes rows by column; `close` gives how many. */
function writer(path: string, columns: readonly string[]) {
  const file = createWriteStream(path)
  let held = `${csvLine(columns)}\n`
  let count = 0
  return {
    async write(values: Readonly<Record<string, unknown>>) {
      held += `${csvLine(
        columns.map(name => String(values[name] ?? '')),
        { formulas: 'keep' },
      )}\n`
      count += 1
      if (held.length < 1 << 18) return
      if (!file.write(held)) await once(file, 'drain')
      held = ''
    },
    async close() {
      file.end(held)
      await once(file, 'close')
      return count
    },
  }
}
