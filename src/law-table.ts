import { laws } from './laws.ts'
import { type Day, dayBefore } from './platform/day.ts'
import { type Asking, type LawRow, timelineOf } from './platform/law.ts'

/** Every row of every rule as a table: who says so, since when and until when, and what nobody has stated of it. */

/** What a reader needs to find a row again in its source. */
type Lack = 'article' | 'source'

export type LawTableRow = {
  readonly rule: string
  readonly from: Day | ''
  /** The last day before the next row; null while none follows. */
  readonly until: Day | null
  readonly value: unknown
  readonly article: string | null
  readonly source: string
  readonly verifiedOn: Day | null
  readonly confidence: LawRow['confidence'] | null
  /** Who wrote it: the program, or the installation's law.csv. */
  readonly by: 'program' | 'installation'
  readonly lacks: readonly Lack[]
}

/** What the house or an installation decides by itself has no article. */
const isOwnDecision = ({ source }: LawRow) => source === 'house'

function lacksOf(row: LawRow): readonly Lack[] {
  if (isOwnDecision(row)) return []
  return [...(row.article ? [] : (['article'] as const)), ...(row.source ? [] : (['source'] as const))]
}

/** All rows as they answer in an installation, by rule and day. */
export function lawTable(asking: Asking, rules = laws): LawTableRow[] {
  return rules.flatMap(rule => {
    const own: ReadonlySet<LawRow> = new Set(asking.lawRows?.get(rule.id))
    const rows = timelineOf(rule, asking)
    return rows.map((row, at): LawTableRow => {
      const next = rows[at + 1]?.from
      return {
        rule: rule.id,
        from: row.from,
        until: next ? dayBefore(next) : null,
        value: row.value,
        article: row.article ?? null,
        source: row.source,
        verifiedOn: row.verifiedOn ?? null,
        confidence: row.confidence ?? null,
        by: own.has(row) ? 'installation' : 'program',
        lacks: lacksOf(row),
      }
    })
  })
}

/** Whether a row is the one in force on a day. */
export const isInForceOn = ({ from, until }: Pick<LawTableRow, 'from' | 'until'>, day: Day): boolean =>
  from <= day && (until === null || day <= until)
