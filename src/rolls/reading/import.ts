import { createHash } from 'node:crypto'
import * as files from 'node:fs/promises'
import { extname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as audit from '../../audit/audit.ts'
import { foldMarks, sortKey } from '../../names/name.ts'
import type { Day } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { takeTurns } from '../../platform/jobs/turns.ts'
import type { Work } from '../../platform/work.ts'
import type { RollMapping } from '../field.ts'
import { keepLeavers, type Leaver } from '../leaving/leaving.ts'
import { rollProblem } from '../problems.ts'
import type { RollKind } from '../roll.ts'
import type { NewRow, UnwrittenRoll } from '../row.ts'
import * as store from '../store.ts'
import { insertRows } from '../store-new-row.ts'
import { deleteRows } from '../store-row.ts'
import { placeFinder } from './places.ts'
import type { Pupil } from './pupil.ts'
import type { RollReading } from './read-roll.ts'
import { readSentFile } from './reader-threads.ts'
import type { ReadTask } from './reading.ts'
import type { ResidencePlace } from './residence.ts'

/** A file on disk or in memory; a name in .csv is read as CSV. */
export type RollFile = { readonly name: string; readonly content: string | Buffer }

export type NewRoll = {
  readonly schoolId: store.KeptRoll['schoolId']
  readonly schoolYear: string
  readonly kind?: RollKind | undefined
  readonly asOf?: Day | undefined
  readonly mapping?: RollMapping | undefined
}

const bytesOf = async ({ content }: RollFile) => (typeof content === 'string' ? files.readFile(content) : content)

/**
 * Keeps a file as a draft and reads it, unless it was read before. Nothing counts yet. Throws workbook-…,
 * roll-too-large, school-year-malformed.
 */
export async function draftRoll(
  work: Work,
  file: RollFile,
  { schoolId, schoolYear, kind = 'pupils', asOf = work.today, mapping = [] }: NewRoll,
  read?: RollReading,
): Promise<{ roll: store.KeptRoll; reading: RollReading }> {
  const content = await bytesOf(file)
  const reading = read ?? (await readSentFile({ name: file.name, content, schoolYear, mapping }))
  const { left, ...counted } = keptReadingOf(reading)
  const roll: store.KeptRoll = {
    id: newId<'roll'>(work.now),
    schoolId,
    schoolYear,
    kind,
    asOf,
    state: 'draft',
    inForce: false,
    fileName: keptNameOf(file.name),
    fileHash: reading.hash,
    rows: reading.pupils.length,
    progress: 0,
    sentBy: { kind: work.by.kind, id: work.by.id },
    sentUnitId: work.unitId,
    sentAt: work.now,
    sentOn: work.today,
    ...counted,
  }
  await store.insertRoll(work, roll, content, { mapping, reading: { ...counted, left } })
  return { roll, reading }
}

/** The ending tells how the file is read, so it stays. */
const keptNameOf = (name: string) => (name.length > 200 ? `${name.slice(0, 190)}${extname(name).slice(0, 10)}` : name)

/** Most of the rows that are no pupils' are listed; all are counted. */
const maxListedNotPupils = 500

const keptReadingOf = ({ sheets, notPupils }: RollReading) => ({
  sheets: sheets.length,
  hiddenSheets: sheets.filter(({ hidden, state }) => hidden && state === 'read').length,
  notPupils: notPupils.length,
  left: notPupils.slice(0, maxListedNotPupils).map(({ sheet, row, reason }) => ({ sheet, row, reason })),
})

/** A file that was read before its work, and the mapping by which it was read. */
export type ReadBefore = { readonly mapping: RollMapping; readonly reading: RollReading }
type KeptTask = ReadTask & { readonly mapping: RollMapping }

/** What a thread reads of a kept file, as its mapping says or another. Throws roll-unknown. */
export async function taskOfKeptFile(work: Work, roll: store.KeptRoll, mapping?: RollMapping): Promise<KeptTask> {
  const content = await store.findFile(work, roll.id)
  if (!content) throw rollProblem('roll-unknown')
  const said = mapping ?? ((await store.findMapping(work, roll.id)) as RollMapping)
  return { name: roll.fileName, content, schoolYear: roll.schoolYear, mapping: said }
}

/** Reads a draft's file again, as its mapping says, unless it was read so before the work. */
export async function readDraftAgain(
  work: Work,
  roll: store.KeptRoll,
  { mapping, read }: { readonly mapping?: RollMapping; readonly read?: ReadBefore | undefined } = {},
): Promise<RollReading> {
  const said = mapping ?? ((await store.findMapping(work, roll.id)) as RollMapping)
  const reading =
    read && isDeepStrictEqual(read.mapping, said)
      ? read.reading
      : await readSentFile(await taskOfKeptFile(work, roll, said))
  if (mapping) await store.setReading(work, roll.id, mapping, keptReadingOf(reading), reading.pupils.length)
  return reading
}

/** The rows that a reading's pupils become. */
export async function newRowsOf(work: Work, roll: ReadingContext, { pupils }: RollReading): Promise<NewRow[]> {
  const placeOf = await placeFinder(
    work,
    roll,
    pupils.map(({ residence }) => residence),
  )
  const lines: NewRow[] = []
  const turn = takeTurns()
  for (const pupil of pupils) {
    lines.push(newRowOf(pupil, { roll, place: lines.length + 1, lives: await placeOf(pupil.residence), at: work.now }))
    await turn()
  }
  return lines
}

/** Takes the rows of a draft in, to be compared. */
export async function importRows(work: Work, roll: store.KeptRoll, reading: RollReading): Promise<void> {
  await recordImport(work, roll, reading)
  await deleteRows(work, roll.id)
  await insertRows(work, await newRowsOf(work, roll, reading))
  await store.setRollState(work, roll.id, 'queued', 0)
}

/**
 * The same for a new roll that is compared in the same work, which writes the rows with their outcomes; `lines` where
 * they were made before, for a roll that had no id yet.
 */
export async function prepareUnwrittenRoll(
  work: Work,
  roll: store.KeptRoll,
  reading: RollReading,
  lines?: readonly NewRow[],
): Promise<UnwrittenRoll> {
  await recordImport(work, roll, reading)
  return {
    roll,
    rows: lines ? lines.map(line => ({ ...line, rollId: roll.id })) : await newRowsOf(work, roll, reading),
  }
}

async function recordImport(work: Work, roll: store.KeptRoll, reading: RollReading): Promise<void> {
  if (reading.pupils.length === 0)
    throw rollProblem('roll-without-pupils', {
      sheets: reading.sheets.map(({ hidden, state, headerRow }, i) => ({ sheet: i + 1, hidden, state, headerRow })),
    })
  await keepLeavers(work, roll, reading.left.map(leaverOf))
  await audit.record(
    work,
    'roll.imported',
    { kind: 'roll', id: roll.id, unitId: roll.schoolId },
    {
      schoolYear: roll.schoolYear,
      asOf: roll.asOf,
      sha256: roll.fileHash,
      rows: reading.pupils.length,
      left: reading.left.length,
      notPupils: reading.notPupils.length,
      sheets: reading.sheets.length,
    },
  )
}

const leaverOf = ({ sheet, row, class: inClass, name, birth, number, standing }: Pupil): Leaver => ({
  sheet,
  sheetRow: row,
  class: inClass,
  name,
  namePlain: foldMarks(name),
  birth,
  number: number.number,
  status: standing?.status ?? 'left',
  on: standing?.on,
  said: standing?.said ?? '',
})

/** What the rows of a roll are read with. */
type ReadingContext = Pick<store.KeptRoll, 'id' | 'schoolId' | 'asOf'>

type RowContext = {
  readonly roll: ReadingContext
  readonly place: number
  readonly lives: ResidencePlace
  readonly at: Date
}

function newRowOf(pupil: Pupil, { roll, place, lives, at }: RowContext): NewRow {
  const { given } = pupil
  return {
    rollId: roll.id,
    place,
    id: newId<'roll-row'>(at),
    schoolId: roll.schoolId,
    sheet: pupil.sheet,
    sheetRow: pupil.row,
    class: pupil.class?.slice(0, 40),
    grade: pupil.grade,
    name: pupil.name,
    sortKey: sortKey(pupil.name),
    birth: pupil.birth,
    birthUnreadable: pupil.birthUnreadable,
    sex: pupil.sex,
    numberKind: pupil.number.kind,
    number: pupil.number.number,
    communeId: lives.communeId,
    districtId: lives.districtId,
    residenceKind: lives.communeId ? pupil.residence.kind : undefined,
    encoding: pupil.encoding,
    given: {
      ...given,
      read: {
        fatherYear: pupil.fatherYear,
        motherYear: pupil.motherYear,
        phone: pupil.phone,
        meantNumber: pupil.meantNumber,
      },
    },
    lineHash: rowHash(pupil),
    reasons: [],
    defects: [],
    plain: { name: foldMarks(pupil.name), father: foldMarks(given.father), mother: foldMarks(given.mother) },
  }
}

/**
 * Of everything that is compared: the same line on the next roll, wherever it stands there and whichever class the
 * pupil is in by then.
 */
function rowHash({ name, given }: Pupil): string {
  const text = JSON.stringify([
    name,
    given.birth,
    given.number,
    given.sex,
    given.residence,
    given.father,
    given.fatherYear,
    given.mother,
    given.motherYear,
    given.phone,
    given.oldNumber,
    // A line without these keeps the hash of the release before.
    ...[given.doubt, given.foreign, given.numberCut, given.brokenCells].filter(value => value !== undefined),
  ])
  const hash = createHash('sha256').update(text).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 20)}-${hash.slice(20, 32)}`
}
