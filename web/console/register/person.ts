import type { showPerson } from '../../../src/register/contract.ts'
import type { Answer } from '../../parts/call.ts'

/** A person as the register shows one whole. */
export type Person = Answer<typeof showPerson>
