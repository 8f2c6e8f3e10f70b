/*
 * Learning. In: pairs and blocks, none of them labelled. Decided: how often each level is met in pairs of one person
 * and in pairs of two (EM), and which fields agree together. Out: a model, of two files here, of a register and its
 * rolls in estimate.ts; it is kept as a file (link-model.ts). No deeds: linkage is pure.
 */

import type { Blocks } from '../blocking/blocks.ts'
import { compareRows, type LinkColumn, type LinkTables, type Range } from '../file-columns/link-table.ts'
import { noLevel } from '../file-columns/value-kind.ts'
import { chanceInTwo, learnDependence } from './dependence.ts'
import { addTo, chanceOf, expectAndMaximise, PatternCounter, type Patterns, type Shares, smoothShares } from './em.ts'
import { type JoinedRows, type LookAlikes, learnFromRows } from './em-with-one-partner.ts'
import type { LinkModel } from './link-model.ts'

const randomPairs = 500_000
const mostLearningRows = 20_000
const mostLearningPairs = 2_000_000
/** How many pairs the typical rates are worth. */
const strength = 20
/** So many rows are compared between two steps. */
const rowsAStep = 64

/** Mulberry32, seeded: the same files give the same model. The first so many numbers are passed over. */
function randomBelow(seed: number, passed = 0): (below: number) => number {
  let state = (seed + Math.imul(passed, 0x6d2b79f5)) >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below)
  }
}

/**
 * Learns m and u of two files, without labels. u comes from pairs at `random`, less what is likely to be one person
 * among them. m comes by EM on the patterns of each blocking rule (over the fields that the rule does not use: those
 * agree in all its pairs), and is then refined row by row: of all that a row is joined with, one at most is its
 * partner, which tells far more than each pair by itself. With them the look-alikes are learnt: strangers who agree
 * with somebody in name and day and in nothing that identifies. Last, fields that agree together in two people (what
 * brothers share) are found, and m once more with that in mind.
 */
export function* learn(
  tables: LinkTables,
  blocks: Blocks,
  blocking: readonly (readonly number[])[],
  random: Patterns,
): Generator<number, LinkModel> {
  const { columns } = tables
  const typicalM = columns.map(({ kind }) => kind.typicalM)
  let u = uOf(random, columns, () => 0)
  const rows = learningRows(tables.leftRows)
  let m = yield* mByRules(tables, blocks, blocking, rows, u)
  const joined = yield* joinRows(tables, blocks, rows)

  let share = 0.5
  let lookAlikes: LookAlikes = { share: fewLookAlikes, levels: typicalLookAlikes(columns, u) }
  for (let round = 0; round < 3; round++) {
    ;({ m, share, lookAlikes } = learnFromRows(joined, { m, u, typicalM, share, lookAlikes, strength }))
    const odds = share / (1 - share) / tables.rightRows
    u = uOf(random, columns, at => {
      const bayes =
        odds * (chanceOf(random.levels, at * random.fields, m) / chanceOf(random.levels, at * random.fields, u))
      return bayes / (1 + bayes)
    })
    yield 0
  }
  const independent: LinkModel = {
    fields: columns.map(({ field }) => field),
    m,
    u,
    given: columns.map(() => undefined),
    lookAlikes,
  }
  const given = learnDependence(tables, rows, joined, independent, share)
  const model = { ...independent, given }
  const inTwo = (levels: Uint8Array, at: number) => chanceInTwo(levels, at, model)
  const last = learnFromRows(joined, { m, u, typicalM, share, lookAlikes, strength, inTwo })
  return { ...model, m: last.m, lookAlikes: last.lookAlikes }
}

/** So many of the rows are supposed to be look-alikes before anything is learnt. */
const fewLookAlikes = 0.005

/** Names, days and places are often theirs, too; identifiers no more often than by chance. */
const typicalLookAlikes = (columns: readonly LinkColumn[], u: Shares): Shares =>
  columns.map(({ kind, field }, at) => {
    const byChance = u[at] ?? []
    if (field.kind === 'number') return byChance
    return kind.typicalM.map((share, level) => (share + (byChance[level] ?? 0)) / 2)
  })

/** How many pairs u is learnt from: in small files all, otherwise half a million at random. */
export const randomPairsOf = ({ leftRows, rightRows }: LinkTables) => Math.min(leftRows * rightRows, randomPairs)

/** How some of them compare, from one of them to another. */
export function* randomPatterns(tables: LinkTables, { from, to }: Range): Generator<number, Patterns> {
  const { leftRows, rightRows, columns, isOneFile } = tables
  const counter = new PatternCounter(columns.length)
  const levels = new Uint8Array(columns.length)
  const all = leftRows * rightRows
  const roll = randomBelow(1, all <= randomPairs ? 0 : 2 * from)
  for (let pair = from; pair < to; pair++) {
    const [left, right] =
      all <= randomPairs ? [Math.floor(pair / rightRows), pair % rightRows] : [roll(leftRows), roll(rightRows)]
    if (isOneFile && left === right) continue
    compareRows(tables, left, right, levels)
    counter.add(levels)
    if (pair % 1024 === 0) yield 0
  }
  return counter.patterns()
}

/**
 * Shares among random pairs; `sameAt` is the chance that a pattern is of one person. A level that was never met is
 * rarer than one pair.
 */
function uOf(random: Patterns, columns: readonly LinkColumn[], sameAt: (pattern: number) => number): Shares {
  const tallies = columns.map(({ kind }) => new Float64Array(kind.levels.length))
  for (const [pattern, count] of random.counts.entries())
    addTo(tallies, random.levels, pattern * random.fields, count * (1 - sameAt(pattern)))
  return tallies.map(tally =>
    smoothShares(
      tally,
      Array.from(tally, () => 1 / tally.length),
      tally.length / 4,
    ),
  )
}

/** Some thousand rows, drawn without preference; all where there are no more. */
function learningRows(leftRows: number): Int32Array {
  const rows = Int32Array.from({ length: leftRows }, (_, row) => row)
  const roll = randomBelow(2)
  const wanted = Math.min(leftRows, mostLearningRows)
  for (let i = 0; i < wanted; i++) {
    const other = i + roll(leftRows - i)
    const row = rows[i] ?? 0
    rows[i] = rows[other] ?? 0
    rows[other] = row
  }
  return rows.slice(0, wanted)
}

/** The fields that a rule makes agree: its own, and others of the same columns. */
function usedBy(rule: readonly number[], columns: readonly LinkColumn[]): readonly boolean[] {
  const used = rule.flatMap(at => columns[at]?.field ?? [])
  return columns.map(({ field }) => used.some(({ left, right }) => left === field.left || right === field.right))
}

function* mByRules(
  tables: LinkTables,
  blocks: Blocks,
  blocking: readonly (readonly number[])[],
  rows: Int32Array,
  u: Shares,
): Generator<number, Shares> {
  const { columns } = tables
  const typicalM = columns.map(({ kind }) => kind.typicalM)
  const tallies = typicalM.map(shares => new Float64Array(shares.length))
  const levels = new Uint8Array(columns.length)
  for (const [at, rule] of blocking.entries()) {
    const used = usedBy(rule, columns)
    const counter = new PatternCounter(columns.length)
    let pairs = 0
    for (const [place, left] of rows.entries()) {
      for (const right of blocks.candidatesOfRule(left, at)) {
        compareRows(tables, left, right, levels)
        for (let field = 0; field < used.length; field++) if (used[field]) levels[field] = noLevel
        counter.add(levels)
        pairs++
      }
      if (place % rowsAStep === 0) yield 0
      if (pairs > mostLearningPairs / 4) break
    }
    const { m, matches } = expectAndMaximise(counter.patterns(), { u, typicalM, strength })
    for (const [field, tally] of tallies.entries())
      if (!used[field])
        for (const [level, share] of (m[field] ?? []).entries()) tally[level] = (tally[level] ?? 0) + matches * share
  }
  return tallies.map((tally, field) => smoothShares(tally, typicalM[field] ?? [], strength))
}

function* joinRows(tables: LinkTables, blocks: Blocks, rows: Int32Array): Generator<number, JoinedRows> {
  const { columns, rightRows } = tables
  const counter = new PatternCounter(columns.length)
  const levels = new Uint8Array(columns.length)
  const patternOf: number[] = []
  const ends: number[] = []
  for (const [place, left] of rows.entries()) {
    for (const right of blocks.candidatesOf(left)) {
      compareRows(tables, left, right, levels)
      patternOf.push(counter.add(levels))
    }
    ends.push(patternOf.length)
    if (place % rowsAStep === 0) yield 0
    if (patternOf.length > mostLearningPairs) break
  }
  return {
    patterns: counter.patterns(),
    ends: Uint32Array.from(ends),
    patternOf: Uint32Array.from(patternOf),
    among: rightRows,
    mayHaveSeveral: tables.isOneFile,
  }
}
