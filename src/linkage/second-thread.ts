import { Blocks, indexRules, type SharedBlocks } from './blocking/blocks.ts'
import { type PairCandidates, scanPairs } from './deciding/best-candidates.ts'
import { LinkWeights, type SharedValues, sharedValues } from './deciding/link-weights.ts'
import type { LinkTables, Range } from './file-columns/link-table.ts'
import type { Patterns } from './learning/em.ts'
import { randomPatterns } from './learning/learning.ts'
import type { LinkModel } from './learning/link-model.ts'

/** What a second thread does of a link, while the first does the rest. */
export type SecondThread = {
  indexRules(rules: readonly (readonly number[])[], mostPairsPerRule: number): Promise<SharedBlocks>
  /** How some of the pairs at random compare, from which u is learnt. */
  randomPatterns(pairs: Range): Promise<Patterns>
  sharedValues(): Promise<SharedValues>
  /** Compares some of the left rows. */
  scan(blocks: SharedBlocks, model: LinkModel, rows: Range): Promise<PairCandidates>
}

function finishSteps<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same work, in the thread itself; the columns are shared with the first one's. */
export class SecondThreadWork {
  readonly #tables: LinkTables
  #shared: SharedValues | undefined

  constructor(tables: LinkTables) {
    this.#tables = tables
  }

  indexRules(rules: readonly (readonly number[])[], mostPairsPerRule: number): SharedBlocks {
    return indexRules(this.#tables, rules, mostPairsPerRule)
  }

  randomPatterns(pairs: Range): Patterns {
    return finishSteps(randomPatterns(this.#tables, pairs))
  }

  sharedValues(): SharedValues {
    this.#shared ??= sharedValues(this.#tables)
    return this.#shared
  }

  scan(shared: SharedBlocks, model: LinkModel, rows: Range): PairCandidates {
    const weights = new LinkWeights(this.#tables, model, this.sharedValues())
    return finishSteps(scanPairs(this.#tables.rightRows, new Blocks(this.#tables, shared), weights, rows))
  }
}
