import type { RuleReport } from '../../linkage/blocking/blocks.ts'
import type { Partner } from '../../linkage/deciding/best-candidates.ts'
import type { Dictionary } from '../../linkage/file-columns/distinct-texts.ts'
import { type LinkModelFile, toLinkModelFile } from '../../linkage/learning/link-model.ts'
import { linkProblem } from '../../linkage/problems.ts'
import { linkTables } from '../../linkage/two-files.ts'
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

const columnsOut = ['left_id', 'right_id', 'probability', 'weight'] as const

function* linesOf(partners: readonly Partner[], left: Dictionary, right: Dictionary, stopped: AbortSignal) {
  for (const { left: l, right: r, probability, weight } of partners) {
    if (stopped.aborted) throw linkProblem('link-cancelled')
    yield [left.textOf(l + 1), right.textOf(r + 1), probability.toFixed(6), weight.toFixed(3)]
  }
}

type LinkSummary = {
  readonly left: { readonly rows: number; readonly broken: number }
  readonly right: { readonly rows: number; readonly broken: number }
  readonly out: string
  readonly threshold: number
  readonly linked: number
  readonly expectedFalseLinks: number
  readonly withoutPartner: number
  readonly expectedStrangers: number
  readonly strangersAvoided: number
  readonly tied: number
  readonly rightRowsShared: number
  readonly pairsCompared: number
  readonly blocking: readonly RuleReport[]
  readonly model: LinkModelFile
  readonly seconds: { readonly whole: number }
}

/** What a person at a terminal wants first. */
function linkSummary({ left, right, out, threshold, linked, ...found }: LinkSummary): string {
  return [
    `${linked} of ${left.rows} left rows have a partner among ${right.rows} right rows (probability ` +
      `${threshold} and above): ${out}`,
    `  about ${found.expectedFalseLinks.toFixed(1)} of them are expected to be wrong; ${found.pairsCompared} ` +
      `pairs compared in ${found.seconds.whole} s`,
    ...(left.broken + right.broken > 0
      ? [`  ${left.broken} left and ${right.broken} right lines are broken and were passed over`]
      : []),
    `  about ${found.withoutPartner.toFixed(0)} left rows have no partner; ${found.expectedStrangers.toFixed(1)} of ` +
      'those are expected to be linked all the same',
    ...(found.strangersAvoided > 0
      ? [`  ${found.strangersAvoided} left rows are not linked, since they may only resemble their likely partner`]
      : []),
    ...(found.tied > 0 ? [`  ${found.tied} left rows have two equally good partners and are not linked`] : []),
    ...(found.rightRowsShared > 0
      ? [`  ${found.rightRowsShared} left rows share their partner with another left row`]
      : []),
    ...leftOutLines(found),
  ].join('\n')
}

/** Finds the partner of each left row among the right ones, and writes the pairs. */
export async function linkTwoFiles(
  isJson: boolean,
  paths: LinkPaths & { readonly right: string },
  control: RunControl,
): Promise<void> {
  const [whole, reading] = [stopwatch(), stopwatch()]
  const { settings, given } = await readSettings(paths, 'two files')
  const { left, right, found, read, computed } = await withTables(paths, settings, control, async of => {
    const read = reading()
    const computing = stopwatch()
    const options = { knownModel: given, secondThread: of.secondThread }
    const found = await runSteps(linkTables(of.tables, settings, options), control)
    return { left: of.left, right: of.right, found, read, computed: computing() }
  })

  await writeWholeFile(paths.out, path =>
    writeCsv(path, columnsOut, linesOf(found.partners, left.side.ids, right.side.ids, control.stopped), {
      formulas: 'keep',
    }),
  )
  const model = toLinkModelFile(found.model)
  await saveModelTo(paths.saveModel, model)

  const document = {
    left: sideInDocument(paths.left, left),
    right: sideInDocument(paths.right, right),
    out: paths.out,
    threshold: settings.threshold,
    oneToOne: settings.oneToOne,
    linked: found.partners.length,
    notLinked: left.side.rows - found.partners.length,
    expectedFalseLinks: roundTo(found.expectedFalse, 3),
    shareWithPartner: roundTo(found.shareWithPartner, 6),
    withoutPartner: roundTo(found.strangers, 1),
    expectedStrangers: roundTo(found.expectedStrangers, 3),
    strangersAvoided: found.strangersAvoided,
    tied: found.tied,
    rightRowsShared: found.shared,
    pairsCompared: found.pairsCompared,
    blocking: found.rules,
    model,
    modelGiven: given !== undefined,
    seconds: { read: seconds(read), linked: seconds(computed), whole: seconds(whole()), processor: processorSeconds() },
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
  await printAnswer(isJson, document, linkSummary(document))
}
