import type { needFigures, needList, needSearch } from '../../../src/campaign/contract.ts'
import type { riskOfChosen } from '../../../src/statistics/risk/contract.ts'
import type { Answer } from '../../parts/call.ts'

export type Figures = Answer<typeof needFigures>

/** One person of the list, with what is lacking. */
export type Listed = Answer<typeof needSearch>['people'][number]

/** The same on paper, where no campaign is asked. */
export type ListedOnPaper = Answer<typeof needList>['people'][number]

/** How likely a person has card and account in time, and what happened last. */
export type Chance = Answer<typeof riskOfChosen>['chances'][number]
