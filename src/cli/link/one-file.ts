import type { RuleReport } from '../../linkage/blocking/blocks.ts'
import type { Dictionary } from '../../linkage/file-columns/distinct-texts.ts'
import { toLinkModelFile } from '../../linkage/learning/link-model.ts'
import { type FoundClusters, findClusters } from '../../linkage/one-file.ts'
import { linkProblem } from '../../linkage/problems.ts'
import { stopwatch } from '../../platform/clock.ts'
import { writeCsv } from '../../platform/csv/write-csv.ts'
import { printAnswer } from '../../platform/terminal.ts'
import { writeWholeFile } from '../whole-file.ts'
import {
  type LinkPaths,
  leftOutLines,
  processorSeconds,
  type RunControl,
  readSettings,
  roundTo,
  runSteps,
  saveModelTo,
  seconds,
  sideInDocument,
} from './files.ts'
import { withTables } from './tables.ts'

const clusterColumns = ['cluster', 'id', 'partner_id', 'probability', 'weight'] as const

function* linesOfClusters({ clusters }: FoundClusters, ids: Dictionary, stopped: AbortSignal) {
  for (const rows of clusters) {
    if (stopped.aborted) throw linkProblem('link-cancelled')
    const cluster = ids.textOf((rows[0]?.row ?? 0) + 1)
    for (const { row, partner, probability, weight } of rows)
      yield [cluster, ids.textOf(row + 1), ids.textOf(partner + 1), probability.toFixed(6), weight.toFixed(3)]
  }
}

/** Finds the rows of a file that are of one thing, and writes the clusters. */
export async function linkOneFile(isJson: boolean, paths: LinkPaths, control: RunControl): Promise<void> {
  const [whole, reading] = [stopwatch(), stopwatch()]
  const { settings, given } = await readSettings(paths, 'one file')
  const { file, found, read, computed } = await withTables(
    { left: paths.left, right: undefined },
    settings,
    control,
    async of => {
      const read = reading()
      const computing = stopwatch()
      const options = { knownModel: given, secondThread: of.secondThread }
      const found = await runSteps(findClusters(of.tables, settings, options), control)
      return { file: of.left, found, read, computed: computing() }
    },
  )
  await writeWholeFile(paths.out, path =>
    writeCsv(path, clusterColumns, linesOfClusters(found, file.side.ids, control.stopped), { formulas: 'keep' }),
  )
  const model = toLinkModelFile(found.model)
  await saveModelTo(paths.saveModel, model)
  const rows = found.clusters.reduce((sum, { length }) => sum + length, 0)
  const document = {
    file: sideInDocument(paths.left, file),
    out: paths.out,
    threshold: settings.threshold,
    clusters: found.clusters.length,
    rowsInClusters: rows,
    distinct: file.side.rows - rows + found.clusters.length,
    largestCluster: found.clusters.reduce((most, { length }) => Math.max(most, length), 0),
    keptApart: found.keptApart,
    expectedFalsePairs: roundTo(found.expectedFalse, 3),
    pairsCompared: found.pairsCompared,
    blocking: found.rules,
    model,
    modelGiven: given !== undefined,
    seconds: { read: seconds(read), linked: seconds(computed), whole: seconds(whole()), processor: processorSeconds() },
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
  await printAnswer(isJson, document, clusterSummary(document))
}

type ClusterSummary = {
  readonly blocking: readonly RuleReport[]
  readonly file: { readonly rows: number; readonly broken: number }
  readonly out: string
  readonly threshold: number
  readonly clusters: number
  readonly rowsInClusters: number
  readonly keptApart: number
  readonly expectedFalsePairs: number
  readonly pairsCompared: number
  readonly seconds: { readonly whole: number }
}

function clusterSummary({ file, out, threshold, clusters, rowsInClusters, ...found }: ClusterSummary): string {
  return [
    `${rowsInClusters} of ${file.rows} rows are in ${clusters} clusters, each of one thing (probability ` +
      `${threshold} and above): ${out}`,
    `  about ${found.expectedFalsePairs.toFixed(1)} of their pairs are expected to be wrong; ${found.pairsCompared} ` +
      `pairs compared in ${found.seconds.whole} s`,
    ...(file.broken > 0 ? [`  ${file.broken} lines are broken and were passed over`] : []),
    ...(found.keptApart > 0
      ? [`  ${found.keptApart} likely pairs were kept apart, since other rows of their clusters are unlike`]
      : []),
    ...leftOutLines(found),
  ].join('\n')
}
