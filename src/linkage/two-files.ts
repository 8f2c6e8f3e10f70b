import { Blocks, indexRules, type RuleReport } from './blocking/blocks.ts'
import {
  bestPartners,
  joinCandidates,
  oneToOnePartners,
  type Partner,
  scanPairs,
  shareRows,
  withFewStrangers,
} from './deciding/best-candidates.ts'
import { LinkWeights, sharedValues } from './deciding/link-weights.ts'
import type { LinkSettings } from './file-columns/link-settings.ts'
import { halvesOf, type LinkTables } from './file-columns/link-table.ts'
import { joinPatterns } from './learning/em.ts'
import { learn, randomPairsOf, randomPatterns } from './learning/learning.ts'
import type { LinkModel } from './learning/link-model.ts'
import { linkProblem } from './problems.ts'
import type { SecondThread } from './second-thread.ts'

/** The most pairs of one rule: more would take minutes, and the largest blocks are the least informative. */
const mostPairsPerRule = 150_000_000

/**
 * Of the left rows that have no partner so many may be linked, where the settings do not say: the likeliest of them are
 * left out. Of files that cannot tell strangers from partners it would take too many; then no more than the second
 * share of the links is left out.
 */
const strangersByDefault = { linked: 0.01, mostLeftOut: 0.0025 }
/** Where hardly any left row is without a partner, so many of all left rows. */
const leastStrangersLinked = 0.0001

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
  /** The estimated number of left rows without a partner, and how many of those are expected to be linked. */
  readonly strangers: number
  readonly expectedStrangers: number
  /** Left rows whose likely partner they may only resemble: too many of those would be links of strangers. */
  readonly strangersAvoided: number
  /** Left rows with two equally good partners, which would otherwise be linked. */
  readonly tied: number
  /** Right rows that are the partner of several left rows. */
  readonly shared: number
}

export type LinkOptions = {
  /** What was learnt of such files before; without, it is learnt from these. */
  readonly knownModel?: LinkModel | undefined
  /** The most pairs of one rule. */
  readonly maxPairs?: number | undefined
  /** A thread that has the same columns, and does its share. */
  readonly secondThread?: SecondThread | undefined
}

/**
 * Links two files in memory: joins, learns (unless a model is given), compares, decides. Yields its progress often, so
 * that the caller can stop it.
 */
export async function* linkTables(
  tables: LinkTables,
  settings: LinkSettings,
  options: LinkOptions = {},
): AsyncGenerator<LinkProgress, FoundLinks> {
  const { rules, model, candidates } = yield* comparePairs(tables, settings, options)
  const shares = shareRows(candidates, tables.rightRows, model.lookAlikes.share)
  const partnersOf = settings.oneToOne ? oneToOnePartners : bestPartners
  const all = partnersOf(candidates, tables.rightRows, shares)
  const likely = all.filter(({ probability }) => probability >= settings.threshold)
  const strangers = (1 - shares.partner) * tables.leftRows
  const { linked, mostLeftOut } =
    settings.strangers === undefined ? strangersByDefault : { linked: settings.strangers, mostLeftOut: 1 }
  const partners = withFewStrangers(likely, {
    most: Math.max(linked * strangers, leastStrangersLinked * tables.leftRows),
    mostLeftOut: Math.floor(mostLeftOut * likely.length),
  })
  return {
    model,
    partners,
    rules,
    pairsCompared: candidates.pairs,
    shareWithPartner: shares.partner,
    expectedFalse: partners.reduce((sum, { probability }) => sum + 1 - probability, 0),
    strangers,
    expectedStrangers: partners.reduce((sum, { stranger }) => sum + stranger, 0),
    strangersAvoided: likely.length - partners.length,
    tied: all.filter(
      ({ margin, probability }) =>
        margin === 0 && probability < settings.threshold && 2 * probability >= settings.threshold,
    ).length,
    shared: partners.length - new Set(partners.map(({ right }) => right)).size,
  }
}

/** What is done of two files and of one: joins, learns (unless a model is given) and compares. */
export async function* comparePairs(
  tables: LinkTables,
  settings: LinkSettings,
  { knownModel, maxPairs = mostPairsPerRule, secondThread }: LinkOptions,
) {
  const { leftRows, rightRows } = tables
  const [ownRules, otherRules] = shareOut(settings.blocking.length, secondThread)
  const [ownPairs, otherPairs] = shareOut(randomPairsOf(tables), secondThread)
  const [ownRows, otherRows] = shareOut(leftRows, secondThread)
  const indexElsewhere = secondThread?.indexRules(settings.blocking.slice(otherRules.from), maxPairs)
  const patternsElsewhere = knownModel ? undefined : secondThread?.randomPatterns(otherPairs)
  const sharedElsewhere = secondThread?.sharedValues()
  const index = indexRules(tables, settings.blocking.slice(0, ownRules.to), maxPairs)
  const blocks = new Blocks(tables, [...index, ...((await indexElsewhere) ?? [])])
  const rules = blocks.reports
  if (rules.every(({ pairs }) => pairs === 0) && rules.some(({ pairsLeftOut }) => pairsLeftOut > 0))
    throw linkProblem('link-blocks-too-large', { rules, mostPairs: maxPairs })

  let model = knownModel
  if (!model) {
    const own = yield* withProgress('learning', 0, randomPatterns(tables, ownPairs))
    const random = patternsElsewhere ? joinPatterns(own, await patternsElsewhere) : own
    model = yield* withProgress('learning', 0, learn(tables, blocks, settings.blocking, random))
  }
  const weights = new LinkWeights(tables, model, (await sharedElsewhere) ?? sharedValues(tables))
  const behind = secondThread?.scan(blocks.shared, model, otherRows)
  const before = yield* withProgress('comparing', ownRows.to, scanPairs(rightRows, blocks, weights, ownRows))
  return { rules, model, weights, candidates: behind ? joinCandidates(before, await behind) : before }
}

/** Which part each thread does: half of it, where there are two. */
const shareOut = (count: number, secondThread: SecondThread | undefined) =>
  secondThread
    ? halvesOf(count)
    : ([
        { from: 0, to: count },
        { from: count, to: count },
      ] as const)

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
