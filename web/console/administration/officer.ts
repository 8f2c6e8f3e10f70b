import type { listOfficers } from '../../../src/staff/contract.ts'
import type { listProposals } from '../../../src/staff/proposals/contract.ts'
import type { Answer } from '../../parts/call.ts'

export type Officer = Answer<typeof listOfficers>['officers'][number]
export type Appointment = Officer['appointments'][number]
export type Proposal = Answer<typeof listProposals>['proposals'][number]
