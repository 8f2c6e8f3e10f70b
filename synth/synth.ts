import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asDay, type Day } from '../src/platform/day.ts'
import { type CsvWriter, openCsv, type Written } from './csv.ts'
import { drawQuality, type Hazard } from './damage/damage.ts'
import { accountColumns, accountOf, accountRow } from './documents/account.ts'
import { cardColumns, cardRow, cardsOf } from './documents/card.ts'
import { needsOf } from './documents/need.ts'
import { type Numbers, openNumbers } from './people/number.ts'
import { peopleOf } from './people/people.ts'
import { type Person, personColumns, personRow } from './people/person.ts'
import { communes, type Emphasis, noEmphasis, peopleByCommune, unitCount, unitsCsv } from './people/place.ts'
import { type Random, stream } from './random.ts'
import { spoilLists } from './rolls/class-list.ts'
import { writeRoll } from './rolls/roll.ts'
import { attends, type Child, childOf, writeAttendance } from './schools/attendance.ts'
import { gradeOf, type Pupil, pupilFrom } from './schools/pupil.ts'
import { hasRoll, openSchools, type School, schoolColumns, schoolRow } from './schools/school.ts'
import { seasonDays } from './season/calendar.ts'
import { type WrittenSeason, writeSeason } from './season/csv.ts'

export type Synthesise = {
  /** Rows of persons.csv, exactly. */
  people: number
  seed: number
  /** Made where it is missing; what an earlier run left there is replaced. */
  out: string
  /**
   * A factor on every rate of data/damage.json, such as 0.5 or 1.5; 1 unless given. People and schools are the same
   * whatever it is.
   */
  damage?: number
  /** The province as of this day; 20 April 2023 unless given. */
  day?: string
  /**
   * The season behind it too, in season/, told up to this day: 20 April 2023, or later up to 30 June, when it goes on
   * by itself.
   */
  seasonUntil?: string
  /** Communes of which a small province has more than their share; none unless given. */
  emphasis?: Emphasis
  onProgress?: (done: number, total: number, what: string) => void
}

/** What was written, and how to know it again: rows without headers (of a roll: pupils), SHA-256 of the bytes. */
export type Manifest = {
  people: number
  seed: number
  day: Day
  damage: number
  schoolYear: string
  schools: number
  pupils: number
  files: Record<string, Written>
}

/**
 * Writes a synthetic province: units.csv, schools.csv, persons.csv, cards.csv, accounts.csv and rolls/CODE.xlsx as
 * interfaces.md has them, season/ where it is asked for, truth/ (what is really so) and manifest.json. The same people,
 * seed, day and damage give the same bytes. Throws a RangeError for a number of people, a factor or a day that cannot
 * be; what the disk refuses comes through as it is.
 */
export async function synthesise(options: Synthesise): Promise<Manifest> {
  const { people, seed, out } = options
  if (!Number.isInteger(people) || people < 1)
    throw new RangeError(`people must be a whole number above 0, not ${people}`)
  const day = asDay(options.day ?? '2023-04-20')
  const damage = options.damage ?? 1
  if (!(damage >= 0 && damage <= 10)) throw new RangeError(`damage must be a factor from 0 to 10, not ${damage}`)
  for (const folder of ['rolls', 'truth']) {
    await rm(join(out, folder), { recursive: true, force: true })
    await mkdir(join(out, folder), { recursive: true })
  }
  const start = Number(day.slice(0, 4)) - (day.slice(5) < '08-01' ? 1 : 0)
  const world: World = {
    seed,
    day,
    damage,
    out,
    start,
    numbers: openNumbers(seed),
    emphasis: options.emphasis ?? noEmphasis,
    files: {},
    onProgress: options.onProgress ?? (() => {}),
  }

  const season = await seasonFor(options, day)
  await writeWhole(world, 'units.csv', unitsCsv, unitCount)
  const { pupils, children } = await writePeople(world, people, season)
  const schools = openSchools(pupils, seed, world.emphasis)
  await writeSchools(world, schools)
  if (season) await writeSeasonOf(schools, season, world)
  world.files['truth/attendance.csv'] = await writeAttendance(join(out, 'truth/attendance.csv'), children, schools)
  const rows = await writeRolls(world, schools)
  await writeFile(join(out, 'truth', 'README.md'), truthExplained)

  const manifest: Manifest = {
    people,
    seed,
    day,
    damage,
    schoolYear: schoolYearOf(start),
    schools: schools.length,
    pupils: rows,
    files: world.files,
  }
  await writeFile(join(out, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
  return manifest
}

type World = {
  seed: number
  day: Day
  damage: number
  out: string
  /** The year in which the school year begins. */
  start: number
  numbers: Numbers
  emphasis: Emphasis
  files: Record<string, Written>
  onProgress: (done: number, total: number, what: string) => void
}

const schoolYearOf = (start: number) => `${start}-${start + 1}`

async function writeWhole({ out, files }: World, name: string, body: string | Buffer, rows: number) {
  await writeFile(join(out, name), body)
  files[name] = { rows, sha256: createHash('sha256').update(body).digest('hex') }
}

/** The season is the spring of 2023: the extracts must lie in it. */
async function seasonFor({ seed, out, seasonUntil }: Synthesise, day: Day): Promise<WrittenSeason | undefined> {
  if (seasonUntil === undefined) return undefined
  const until = asDay(seasonUntil)
  if (day < seasonDays.from || until < day || until > seasonDays.to) {
    throw new RangeError(
      `the season is told from ${seasonDays.from} to ${seasonDays.to}: not as of ${day} until ${until}`,
    )
  }
  return writeSeason(out, { seed, day, until })
}

async function writeSeasonOf(schools: readonly School[], season: WrittenSeason, { files }: World) {
  for (const _ of season.endSchools(schools)) await season.drained()
  Object.assign(files, await season.close())
}

async function writePeople(
  world: World,
  total: number,
  season: WrittenSeason | undefined,
): Promise<{ pupils: Pupil[]; children: Child[] }> {
  const { out, seed, day, numbers, emphasis, files, onProgress } = world
  const open = (name: string, columns: readonly string[]) => [name, openCsv(join(out, name), columns)] as const
  const writers = [
    open('persons.csv', personColumns),
    open('cards.csv', cardColumns),
    open('accounts.csv', accountColumns),
    open('truth/persons.csv', ['person_number', 'oddities', 'name_at_school', 'birth_date_at_school']),
  ] as const
  const [persons, cards, accounts, odd] = writers.map(([, writer]) => writer) as [
    CsvWriter,
    CsvWriter,
    CsvWriter,
    CsvWriter,
  ]

  const pupils: Pupil[] = []
  const children: Child[] = []
  const counts = peopleByCommune(total, emphasis)
  let [done, serials] = [0, 0]
  for (const commune of communes) {
    const random = {
      card: stream(seed, 'card', commune.code),
      account: stream(seed, 'account', commune.code),
      grade: stream(seed, 'grade', commune.code),
      attendance: stream(seed, 'attendance', commune.code),
    }
    const serial = () => `C${String.fromCharCode(65 + (serials % 26))}${String(++serials).padStart(8, '0')}`
    for (const household of peopleOf(commune, counts.get(commune.code)!, { seed, day, numbers, emphasis })) {
      for (const person of household) {
        const held = cardsOf(person, random.card, day, serial)
        const account = accountOf(person, held, random.account, day)
        persons.write(personRow(person))
        for (const card of held) cards.write(cardRow(person, card))
        if (account) accounts.write(accountRow(person, account))
        if (person.oddities.length > 0)
          odd.write([person.number, person.oddities.join(';'), person.school.name ?? '', person.school.bornOn ?? ''])
        const grade = goesToSchool(person, world.start, random.grade)
        const attendance = grade ? attends(person, grade, random.attendance) : 'nowhere'
        if (grade && attendance === 'school') pupils.push(pupilFrom(person, needsOf(person, held, account, day), grade))
        const child = childOf(person, attendance, world.start)
        if (child) children.push(child)
        season?.take(person, held.at(-1), account, grade && attendance === 'school' ? 'at-school' : 'elsewhere')
      }
      done += household.length
    }
    season?.endCommune(commune.code, commune.district)
    for (const writer of [...writers.map(([, one]) => one), ...(season ? [season] : [])]) await writer.drained()
    onProgress(done, total, 'people')
  }
  for (const [name, writer] of writers) files[name] = await writer.close()
  return { pupils, children }
}

const goesToSchool = (person: Person, start: number, random: Random) =>
  person.relation === 'Ở nhờ'
    ? undefined
    : gradeOf(Number((person.school.bornOn ?? person.bornOn).slice(0, 4)), start, random)

async function writeSchools({ out, files }: World, schools: readonly School[]) {
  const writer = openCsv(join(out, 'schools.csv'), schoolColumns)
  for (const school of schools) writer.write(schoolRow(school))
  files['schools.csv'] = await writer.close()
}

const trueColumns = [
  'school',
  'file',
  'sheet',
  'row',
  'person_number',
  'in_register',
  'defects',
  'damage',
  'needs',
] as const

async function writeRolls(world: World, all: readonly School[]): Promise<number> {
  const { out, seed, numbers, files, onProgress } = world
  const schools = all.filter(hasRoll)
  const hazards = new Map(
    schools.map(school => [
      school,
      { quality: drawQuality(stream(seed, 'quality', school.code)), factor: world.damage },
    ]),
  )
  const hazardOf = (school: School): Hazard => hazards.get(school)!
  spoilLists(schools, hazardOf, world)

  const schoolsOf = new Map<string, number>()
  for (const { classes } of schools) {
    for (const number of new Set(classes.flatMap(({ entries }) => entries.map(({ pupil }) => pupil.number))))
      schoolsOf.set(number, (schoolsOf.get(number) ?? 0) + 1)
  }

  const truth = openCsv(join(out, 'truth/rolls.csv'), trueColumns)
  let [done, pupils] = [0, 0]
  for (const school of schools) {
    const file = `${school.code}.xlsx`
    const roll = writeRoll(school, {
      seed,
      schoolYear: schoolYearOf(world.start),
      hazard: hazardOf(school),
      isTaken: numbers.isTaken,
      schoolsOf,
    })
    await writeWhole(world, `rolls/${file}`, roll.file, roll.rows.length)
    for (const row of roll.rows) {
      truth.write([
        school.code,
        file,
        row.sheet,
        String(row.row),
        row.number,
        row.number ? 'yes' : 'no',
        row.defects.join(';'),
        row.damage.join(';'),
        row.needs.join(';'),
      ])
    }
    await truth.drained()
    pupils += roll.rows.length
    onProgress(++done, schools.length, 'rolls')
  }
  files['truth/rolls.csv'] = await truth.close()
  return pupils
}

const truthExplained = `# What is really so

\`rolls.csv\`: one line for each pupil's row of each roll. \`row\` is the 1-based row of the sheet; \`person_number\`
the number of that person in persons.csv (empty: not there); \`defects\` and \`needs\` are the codes that a checker
who makes no mistake reports; \`damage\` says what was done to the row. A number's own defects are given for pupils
who are not in the register too. A name in an old font counts as encoded only where its letters really differ.

\`persons.csv\`: whose record is odd, and where the register itself is wrong, what the school rightly has.

\`attendance.csv\`: one line for each living child of school age (born six to seventeen years before the school year
began, by the year in persons.csv). \`unit\` is the commune of its residence; \`state\` is enrolled-here (its school
stands in that commune), enrolled-elsewhere or absent (at no school); \`school\` the code of its school, or outside
for one of another province; \`roll\` whether that school sends a roll: with no, the child is on nobody's roll.
Children whom a roll has and the register has not are in \`rolls.csv\` alone.
`
