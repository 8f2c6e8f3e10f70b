import type { Day } from '../../platform/day.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import * as contract from './contract.ts'
import * as guardianships from './guardianships.ts'

export function guardianshipRoutes(doors: Doors): void {
  serve(doors, contract.listGuardianships, async (work, { params }) => ({
    guardianships: (await guardianships.listGuardianships(work, asId<'person'>(params.id))).map(
      ({ personId: _ward, guardianId, guardianName, recordedBy, recordedAt: _at, acceptedBy, ...one }) => ({
        ...one,
        guardian: { id: guardianId, name: guardianName },
        mine: recordedBy === work.by.id,
        accepted: acceptedBy !== undefined,
      }),
    ),
  }))
  serve(doors, contract.recordGuardianship, async (work, { params, body: { paperOn, from, to, ...said } }) => {
    const { id } = await guardianships.recordGuardianship(work, asId<'person'>(params.id), {
      ...said,
      paperOn: paperOn as Day,
      from: from as Day,
      ...(to && { to: to as Day }),
    })
    return { id }
  })
  serve(doors, contract.acceptGuardianship, async (work, { params }) => {
    await guardianships.acceptGuardianship(work, asId<'guardianship'>(params.id))
    return {}
  })
  serve(doors, contract.endGuardianship, async (work, { params, body }) => {
    await guardianships.endGuardianship(work, asId<'guardianship'>(params.id), body.reason)
    return {}
  })
}
