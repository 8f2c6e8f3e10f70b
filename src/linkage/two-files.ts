import { Blocks, type RuleReport } from './blocking/blocks.ts'
import {
  bestPartners,
  oneToOnePartners,
  type Partner,
  scanPairs,
  shareWithPartner,
} from './deciding/best-candidates.ts'
import { LinkWeights } from './deciding/link-weights.ts'
import type { LinkSettings } from './file-columns/link-settings.ts'
import type { LinkTables } from './file-columns/link-table.ts'
import { learn } from './learning/learning.ts'
import type { LinkModel } from './learning/link-model.ts'
import { linkProblem } from './problems.ts'

/** The most pairs of one rule: more would take minutes, and the largest blocks are the least informative. */
const mostPairsPerRule = 150_000_000

export type LinkProgress = { readonly what: 'learning' | 'comparing'; readonly done: number; readonly total: number }

export type FoundLinks = {
  readonly model: LinkModel
  /** Pairs at or above the threshold, in the order of the left file. */
  readonly partners: readonly Partner[]
  readonly rules: readonly RuleReport[]
  readonly pairsCompared: number
  /** The estimated share of left rows that have a partner in the right file. */
  readonly shareWithPartner: number
  /** The expected number of false partners. */
  readonly expectedFalse: number
  /** Left rows with two equally good partners, which would otherwise be linked. */
  readonly tied: number
  /** Right rows that are the partner of several left rows. */
  readonly shared: number
}

/**
 * Links two files in memory: joins, learns (unless a model is given), compares, decides. Yields its progress often, so
 * that the caller can stop it.
 */
export function* linkTables(
  tables: LinkTables,
  settings: LinkSettings,
  knownModel?: LinkModel,
  maxPairs = mostPairsPerRule,
): Generator<LinkProgress, FoundLinks> {
  const blocks = new Blocks(tables, settings.blocking, maxPairs)
  const rules = blocks.reports
  if (rules.every(({ pairs }) => pairs === 0) && rules.some(({ pairsLeftOut }) => pairsLeftOut > 0))
    throw linkProblem('link-blocks-too-large', { rules, mostPairs: maxPairs })

  const model = knownModel ?? (yield* withProgress('learning', 0, learn(tables, blocks, settings.blocking)))
  const weights = new LinkWeights(tables, model)
  const candidates = yield* withProgress('comparing', tables.leftRows, scanPairs(tables, blocks, weights))

  const share = shareWithPartner(candidates, tables.rightRows)
  const partnersOf = settings.oneToOne ? oneToOnePartners : bestPartners
  const all = partnersOf(candidates, tables.rightRows, share)
  const partners = all.filter(({ probability }) => probability >= settings.threshold)
  return {
    model,
    partners,
    rules,
    pairsCompared: candidates.pairs,
    shareWithPartner: share,
    expectedFalse: partners.reduce((sum, { probability }) => sum + 1 - probability, 0),
    tied: all.filter(
      ({ margin, probability }) =>
        margin === 0 && probability < settings.threshold && 2 * probability >= settings.threshold,
    ).length,
    shared: partners.length - new Set(partners.map(({ right }) => right)).size,
  }
}

function* withProgress<T>(
  what: LinkProgress['what'],
  total: number,
  inner: Generator<number, T>,
): Generator<LinkProgress, T> {
  for (;;) {
    const next = inner.next()
    if (next.done) return next.value
    yield { what, done: next.value, total }
  }
}
