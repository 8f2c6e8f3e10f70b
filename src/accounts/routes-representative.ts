import * as audit from '../audit/audit.ts'
import { type Doors, serve } from '../platform/serve.ts'
import type * as register from '../register/register.ts'
import type { Account } from './account.ts'
import * as contract from './contract-child.ts'
import { admittedTo, representativesOf } from './representative.ts'
import { changeRepresentative } from './representative-change.ts'

const moved = ({ id, state }: Account) => ({ id, state })

export function representativeRoutes(doors: Doors): void {
  serve(doors, contract.showRepresentatives, async (work, { params }) => {
    const personId = params.id as register.PersonId
    await audit.noteReading(work, [personId], ['kin'])
    const admitted = await admittedTo(work, personId)
    const theirs = admitted.acts === 'representative' ? await representativesOf(work, personId) : []
    return { ...admitted, representatives: theirs.map(({ phone: _phone, ...one }) => one) }
  })
  serve(doors, contract.changeRepresentative, async (work, { params, body }) =>
    moved(await changeRepresentative(work, params.id, { representativeId: body.personId })),
  )
}
