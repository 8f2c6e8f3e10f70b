import type { listRows } from '../../../src/rolls/contract.ts'
import type { listReleasedNumbers } from '../../../src/rolls/releasing/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'

export type RollRow = Answer<typeof listRows>['rows'][number]
export type Released = Answer<typeof listReleasedNumbers>['numbers'][number]

export const releasesAt = (rollId: string) => at(`/ra-soat/${rollId}/cap-so`)
export const releasesPaperAt = (rollId: string) => at(`/ra-soat/${rollId}/cap-so/in`)
