import type { showCard } from '../../../src/cards/contract.ts'
import type { listLists, showList } from '../../../src/cards/hand-over/contract.ts'
import type { blankStock, showBatch } from '../../../src/cards/production/contract.ts'
import type { showBox } from '../../../src/cards/shipping/contract.ts'
import type { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import type { Answer } from '../../parts/call.ts'

/** What the doors of the cards answer, by the names that the pages call it. */
export type Life = Answer<typeof showCard>
export type Pipeline = Answer<typeof cardPipeline>
export type StagedCard = Answer<typeof listCards>['rows'][number]
export type WholeBatch = Answer<typeof showBatch>
export type Batch = WholeBatch['batch']
export type BatchLine = WholeBatch['cards'][number]
export type Stock = Answer<typeof blankStock>
export type Lot = Stock['lots'][number]
export type WholeBox = Answer<typeof showBox>
export type Box = WholeBox['box']
export type BoxLine = WholeBox['cards'][number]
export type GivenList = Answer<typeof listLists>['rows'][number]
export type GivenLine = Answer<typeof showList>['lines'][number]
