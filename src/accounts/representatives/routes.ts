import * as audit from '../../audit/audit.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import type { Account } from '../account.ts'
import { changeRepresentative } from './change.ts'
import * as contract from './contract.ts'
import { findAdmission, listRepresentatives } from './representatives.ts'

const representativeReply = ({ id, state }: Account) => ({ id, state })

export function representativeRoutes(doors: Doors): void {
  serve(doors, contract.showRepresentatives, async (work, { params }) => {
    const personId = params.id
    await audit.noteReading(work, [personId], ['kin'])
    const admitted = await findAdmission(work, personId)
    const theirs = admitted.acts === 'representative' ? await listRepresentatives(work, personId) : []
    return { ...admitted, representatives: theirs.map(({ phone: _phone, ...one }) => one) }
  })
  serve(doors, contract.changeRepresentative, async (work, { params, body }) =>
    representativeReply(await changeRepresentative(work, params.id, { representativeId: body.personId })),
  )
}
