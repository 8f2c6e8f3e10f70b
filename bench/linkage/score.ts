// How good the links of an engine are, split by how hard the rows are.
import { readCsvRows } from '../../src/platform/csv/read-csv.ts'

/** What is really so of each row, by id; `personId` is empty for a child who is in no register. */
export type Truth = ReadonlyMap<string, { readonly personId: string; readonly numberIs: string }>
/**
 * What an engine found for a row. `score` orders the links of one engine; `shown` are the persons a reviewer would see.
 */
export type Found = {
  readonly id: string
  readonly personId: string
  readonly score: number
  readonly band: 'automatic' | 'review'
  readonly shown: readonly string[]
}

export async function readTruth(file: string): Promise<Truth> {
  const truth = new Map<string, { personId: string; numberIs: string }>()
  for await (const { rows } of readCsvRows(file, { columns: ['id', 'person_id', 'number_is'] }))
    for (const [id = '', personId = '', numberIs = ''] of rows) truth.set(id, { personId, numberIs })
  return truth
}

/** A row without a number is hard whether the register has the child or not; of the others the register has all. */
const kinds = {
  all: () => true,
  'number right': (one: Row) => one.personId !== '' && one.numberIs === 'right',
  'number wrong': (one: Row) => one.personId !== '' && one.numberIs === 'wrong',
  'no number': (one: Row) => one.numberIs === 'none',
  'not in the register': (one: Row) => one.personId === '',
} satisfies Record<string, (one: Row) => boolean>
type Row = { readonly personId: string; readonly numberIs: string }
export type Kind = keyof typeof kinds

/** Shares from 0 to 1; `linked` of the rows, so among those not in the register the false links. */
export type Quality = { rows: number; linked: number; precision: number; recall: number; f1: number }

/** Takes the links that `isLink` admits for made. */
export function qualityOf(
  found: readonly Found[],
  truth: Truth,
  isLink: (found: Found) => boolean,
): Record<Kind, Quality> {
  const links = new Map(found.filter(isLink).map(one => [one.id, one.personId]))
  const measured = Object.entries(kinds).map(([kind, belongs]) => {
    let [rows, inRegister, linked, right] = [0, 0, 0, 0]
    for (const [id, one] of truth) {
      if (!belongs(one)) continue
      rows += 1
      const link = links.get(id)
      if (one.personId) inRegister += 1
      if (link !== undefined) linked += 1
      if (link !== undefined && link === one.personId) right += 1
    }
    const [precision, recall] = [linked ? right / linked : 1, inRegister ? right / inRegister : 0]
    return [
      kind,
      {
        rows,
        linked: linked / Math.max(rows, 1),
        precision,
        recall,
        f1: inRegister ? (2 * right) / (linked + inRegister) : 0,
      },
    ]
  })
  return Object.fromEntries(measured)
}

/**
 * The share of those in the register who are linked rightly by the automatic band, or whom a reviewer would be shown.
 */
export function recallWithReview(found: readonly Found[], truth: Truth): number {
  let [inRegister, right] = [0, 0]
  for (const { personId } of truth.values()) if (personId) inRegister += 1
  for (const { id, personId, band, shown } of found) {
    const really = truth.get(id)?.personId
    if (really && (band === 'automatic' ? personId === really : shown.includes(really))) right += 1
  }
  return right / inRegister
}

/** The score above which the F1 of all is best: read off the truth, so better than anybody could choose it. */
export function bestThreshold(found: readonly Found[], truth: Truth): number {
  const inRegister = [...truth.values()].filter(({ personId }) => personId).length
  const sorted = found.toSorted((a, b) => b.score - a.score)
  let [right, best, threshold] = [0, 0, Number.POSITIVE_INFINITY]
  for (const [i, { id, personId, score }] of sorted.entries()) {
    if (personId && truth.get(id)?.personId === personId) right += 1
    const f1 = (2 * right) / (i + 1 + inRegister)
    if (f1 > best) [best, threshold] = [f1, score]
  }
  return threshold
}
