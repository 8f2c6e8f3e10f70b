import * as audit from '../audit/audit.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'
import type { FollowUp } from './follow-up.ts'
import type { FollowUpDetails, FollowUpTexts } from './kind.ts'

/**
 * The details of follow-ups that are a unit’s and about a person: the person by the register’s name, as far as the
 * reader sees them, and the unit. Notes the reading.
 */
export async function describeOfPersons(
  work: Work,
  found: readonly FollowUp[],
  textsOf: (one: FollowUp) => FollowUpTexts,
): Promise<FollowUpDetails[]> {
  const ids = found.flatMap(({ personId }) => personId ?? [])
  const names = new Map((await register.listSummaries(work, ids)).map(({ id, fullName }) => [id as string, fullName]))
  await audit.noteReading(work, ids, ['name'])
  return Promise.all(
    found.map(async one => {
      const name = one.personId && names.get(one.personId)
      return {
        ...textsOf(one),
        scopeName: await units.unitName(work, one.scopeId as string as Id<'unit'>),
        name: name ?? '',
        ...(name && one.personId && { personId: one.personId }),
      }
    }),
  )
}
