import type { showCounterDay } from '../../../src/planning/queue/contract.ts'
import type { Answer } from '../../parts/call.ts'

/** A day of a counter, as its door answers it. */
export type CounterDay = Answer<typeof showCounterDay>
