import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { productionProblem } from './problems.ts'

/**
 * Two officers count and destroy: the second is an officer of the house, and not the first. Throws witness-needed,
 * witness-unknown.
 */
export async function refuseWitness(work: Work, witness: string): Promise<void> {
  if (witness === work.by.id) throw productionProblem('witness-needed')
  if (!(await staff.namesOf(work, [witness])).has(witness)) throw productionProblem('witness-unknown')
}
