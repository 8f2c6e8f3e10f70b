// Which damage is reported as which defect: rows of the truth beside what `roll check` said of them.

/** A row of a roll as it really is; `optional` are defects that may be told or not. */
export type TrueRow = {
  readonly file: string
  readonly inRegister: boolean
  readonly damage: readonly string[]
  readonly expected: ReadonlySet<string>
  readonly optional: ReadonlySet<string>
}
export type ReportedRow = { readonly outcome: string; readonly defects: readonly string[] }
export type Pair = { readonly truth: TrueRow; readonly reported: ReportedRow | undefined }

/**
 * `reported`: the share of the rows compared that bear each defect. `missed`, `untrue`: how many defects are owed and
 * not told, and told and not so. `alone`: how many rows the damage alone befell; `notLinked` are not compared.
 */
export type Line = {
  readonly rows: number
  readonly alone: number
  readonly notLinked: number
  readonly reported: ReadonlyMap<string, number>
  readonly missed: ReadonlyMap<string, number>
  readonly untrue: ReadonlyMap<string, number>
}

export const noDamage = '(none)'

/** From so many rows that were damaged in no other way, these are shown. */
const enough = 5

/**
 * A line for each kind of damage, over the rows that it alone befell, so that what they report is its own. Where these
 * are few, over all that it befell, less what the other rows of the same files report: a file has its manners. What a
 * row that is not linked would differ in nobody knows: it is counted apart.
 */
export function confusionOf(pairs: readonly Pair[]): Map<string, Line> {
  const kinds = [...new Set(pairs.flatMap(({ truth }) => truth.damage))].sort()
  const byFile = Map.groupBy(pairs, ({ truth }) => truth.file)
  const lines = new Map<string, Line>([[noDamage, lineOf(pairs.filter(({ truth }) => truth.damage.length === 0))]])
  for (const kind of kinds) {
    const befallen = pairs.filter(({ truth }) => truth.damage.includes(kind))
    const alone = befallen.filter(({ truth }) => truth.damage.length === 1)
    const line = alone.length >= enough ? lineOf(alone) : without(lineOf(befallen), befallen, kind, byFile)
    lines.set(kind, { ...line, rows: befallen.length, alone: alone.length })
  }
  return lines
}

function without(
  line: Line,
  befallen: readonly Pair[],
  kind: string,
  byFile: ReadonlyMap<string, readonly Pair[]>,
): Line {
  const usual = new Map<string, number>()
  for (const [file, those] of Map.groupBy(befallen, ({ truth }) => truth.file)) {
    const { reported } = lineOf((byFile.get(file) ?? []).filter(({ truth }) => !truth.damage.includes(kind)))
    for (const [defect, share] of reported)
      usual.set(defect, (usual.get(defect) ?? 0) + (share * those.length) / befallen.length)
  }
  const above = [...line.reported].map(([defect, share]) => [defect, share - (usual.get(defect) ?? 0)] as const)
  return { ...line, reported: new Map(above.filter(([, share]) => share >= 0.1)) }
}

function lineOf(pairs: readonly Pair[]): Line {
  const counts = {
    reported: new Map<string, number>(),
    missed: new Map<string, number>(),
    untrue: new Map<string, number>(),
  }
  const count = (which: keyof typeof counts, defect: string) =>
    counts[which].set(defect, (counts[which].get(defect) ?? 0) + 1)
  let notLinked = 0
  for (const { truth, reported } of pairs) {
    const isLinked = reported?.outcome === 'matched' || reported?.outcome === 'duplicate'
    if (!reported || isLinked !== truth.inRegister) {
      notLinked += 1
      continue
    }
    for (const defect of reported.defects) {
      count('reported', defect)
      if (!truth.expected.has(defect) && !truth.optional.has(defect)) count('untrue', defect)
    }
    for (const defect of truth.expected) if (!reported.defects.includes(defect)) count('missed', defect)
  }
  const compared = pairs.length - notLinked
  const reported = new Map([...counts.reported].map(([defect, times]) => [defect, times / compared]))
  return { rows: pairs.length, alone: pairs.length, notLinked, ...counts, reported }
}

/** As a table of Markdown. */
export function confusionText(lines: ReadonlyMap<string, Line>): string {
  const inFull = (counts: ReadonlyMap<string, number>, told: (count: number) => string) =>
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([defect, count]) => `${defect} ${told(count)}`)
      .join(', ')
  const percent = (share: number) => `${(100 * share).toFixed(share > 0.9995 ? 0 : 1)} %`
  const body = [...lines].map(([kind, { rows, alone, notLinked, reported, missed, untrue }]) => {
    const cells = [
      kind,
      rows,
      alone,
      notLinked,
      inFull(reported, percent),
      inFull(missed, String),
      inFull(untrue, String),
    ]
    return `| ${cells.join(' | ')} |`
  })
  const head = '| damage | rows | of them with no other | not linked | reported | owed, not told | told, not so |'
  return [head, '|---|---:|---:|---:|---|---|---|', ...body].join('\n')
}
