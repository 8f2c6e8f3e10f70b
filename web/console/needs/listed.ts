import type { needFigures, needList } from '../../../src/campaign/contract.ts'
import type { Answer } from '../../parts/call.ts'

export type Figures = Answer<typeof needFigures>

/** One person of the list, with what is lacking. */
export type Listed = Answer<typeof needList>['people'][number]
