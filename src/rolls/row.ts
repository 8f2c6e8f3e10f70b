import type { MatchFinding } from '../linkage/deciding/reason.ts'
import type { RawRecord } from '../linkage/person-record.ts'
import type { Sex } from '../names/numbers/sex.ts'
import type { PartialDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { PupilStatus } from './field.ts'
import type { ReviewDecision, RollDefect, RollId, RowOutcome, RowState } from './roll.ts'
import type { KeptRoll } from './store.ts'

/** A row by where it stands. */
export type RowRef = { readonly rollId: RollId; readonly place: number }

/** What of a row may be longer than any such text. */
export const tooLongFields = ['name', 'father', 'mother', 'residence'] as const
export type TooLongField = (typeof tooLongFields)[number]

/** The cells of a row as a person reads them; empty where a cell is. */
export type GivenCells = {
  readonly name: string
  readonly birth: string
  readonly number: string
  readonly sex: string
  readonly residence: string
  readonly father: string
  readonly fatherYear: string
  readonly mother: string
  readonly motherYear: string
  readonly phone: string
  readonly oldNumber: string
  /** Which of these stand in the file with more than any such text has: the file keeps it whole, it was not read. */
  readonly tooLong?: readonly TooLongField[]
  /** How the pupil stands to the school, where the roll says so. */
  readonly status?: PupilStatus
  /** The remark that leaves open whether the pupil left. */
  readonly doubt?: string
  /** What stands beside the name in its cell: an office, a star. */
  readonly mark?: string
  /** Of another nationality, or known by a passport alone: no personal number is asked for. */
  readonly foreign?: { readonly nationality: string; readonly passport: string }
  /** The spreadsheet cut the number (2.2205E+11). */
  readonly numberCut?: true
  /** A cell that is read holds an error of a formula. */
  readonly brokenCells?: true
}

/** Readings that have no column of their own: they are compared, and never shown. */
export type UnshownReading = {
  readonly fatherYear?: number | undefined
  readonly motherYear?: number | undefined
  readonly phone?: string | undefined
  readonly meantNumber?: string | undefined
}

/** A row of a roll as it is kept: a pupil's entry in the ledger, as the roll of `rollId` gives it. */
export type RollRow = {
  readonly rollId: RollId
  /** Among the pupils of the roll, from 1. */
  readonly place: number
  /** The entry's: the same for the same pupil's line when the roll is sent again. */
  readonly id: string
  readonly schoolId: Id<'school'>
  readonly sheet: string
  readonly sheetRow: number
  readonly class?: string | undefined
  readonly grade?: number | undefined
  readonly name: string
  readonly sortKey: string
  readonly birth?: PartialDay | undefined
  readonly birthUnreadable: boolean
  readonly sex?: Sex | undefined
  readonly numberKind: 'number' | 'lost-zero' | 'malformed' | 'missing'
  readonly number?: string | undefined
  readonly communeId?: Id<'unit'> | undefined
  readonly districtId?: Id<'unit'> | undefined
  readonly residenceKind?: 'permanent' | 'any' | undefined
  readonly encoding?: string | undefined
  readonly given: GivenCells & { readonly read: UnshownReading }
  readonly lineHash: string
  readonly holderId?: Id<'person'> | undefined
  readonly outcome?: RowOutcome | undefined
  readonly personId?: Id<'person'> | undefined
  /**
   * Whom the comparison finds it to be, while another row of the school year has that person's place
   * (duplicate-rule.ts).
   */
  readonly withheldId?: Id<'person'> | undefined
  readonly probability?: number | undefined
  /** In bits, over the next candidate. */
  readonly margin?: number | undefined
  readonly reasons: readonly MatchFinding[]
  readonly defects: readonly RollDefect[]
  /** Of which residences, by their key (find-defects.ts), the police said that nobody has to act. */
  readonly residenceSettled?: string | undefined
  readonly decision?: ReviewDecision | undefined
  /** A person decided, and what changed since speaks against it. */
  readonly contested?: boolean | undefined
  readonly state?: RowState | undefined
}

/** A row as it comes, with the names by which a changed person is looked for. */
export type NewRow = RollRow & {
  readonly plain: { readonly name: string; readonly father: string; readonly mother: string }
}

/** A roll that was made in this very work, and its rows, which are not in the database yet. */
export type UnwrittenRoll = { readonly roll: KeptRoll; readonly rows: readonly NewRow[] }

export type SchoolPlaces = { readonly schoolCommune: string; readonly schoolDistrict?: string | undefined }

/** The row as linkage compares it, under its place as id. */
export function linkRecordOf(row: RollRow, { schoolCommune, schoolDistrict }: SchoolPlaces): RawRecord {
  const { given } = row
  return {
    id: String(row.place),
    name: row.name,
    ...(row.birth && { birth: row.birth }),
    ...(row.sex && { sex: row.sex }),
    number: row.number ?? given.read.meantNumber ?? '',
    oldNumber: given.oldNumber,
    communes: row.communeId ? [row.communeId] : [],
    districts: row.districtId ? [row.districtId] : [],
    schoolCommune,
    ...(schoolDistrict && { schoolDistrict }),
    fatherName: given.father,
    ...(given.read.fatherYear && { fatherYear: given.read.fatherYear }),
    motherName: given.mother,
    ...(given.read.motherYear && { motherYear: given.read.motherYear }),
    phone: given.read.phone ?? '',
  }
}
