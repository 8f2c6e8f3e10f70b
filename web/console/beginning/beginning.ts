import type { showExtract, showInstallation } from '../../../src/installation/contract.ts'
import type { Answer } from '../../parts/call.ts'

/** What is there and what is missing of an installation. */
export type Beginning = Answer<typeof showInstallation>
export type BeginningStep = Beginning['steps'][number]
export type Duty = Beginning['duties'][number]
export type Extract = NonNullable<Answer<typeof showExtract>['extract']>

/** Units in which a duty lacks somebody. */
export const missingUnits = ({ units, filled }: Duty) => Math.max(0, units - filled)
export const lackingOf = ({ duties }: Beginning) => duties.reduce((sum, duty) => sum + missingUnits(duty), 0)
