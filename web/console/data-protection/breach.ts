import type { listBreaches } from '../../../src/data-protection/breaches/contract.ts'
import type { Answer } from '../../parts/call.ts'

/** A breach as its page has it. */
export type Breach = Answer<typeof listBreaches>['breaches'][number]
