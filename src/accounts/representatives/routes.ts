import * as audit from '../../audit/audit.ts'
import { type Doors, serve } from '../../platform/http/serve.ts'
import { asId } from '../../platform/ids.ts'
import type { Account } from '../account.ts'
import { changeRepresentative } from './change.ts'
import * as contract from './contract.ts'
import { admittedTo, representativesOf } from './representatives.ts'

const moved = ({ id, state }: Account) => ({ id, state })

export function representativeRoutes(doors: Doors): void {
  serve(doors, contract.showRepresentatives, async (work, { params }) => {
    const personId = asId<'person'>(params.id)
    await audit.noteReading(work, [personId], ['kin'])
    const admitted = await admittedTo(work, personId)
    const theirs = admitted.acts === 'representative' ? await representativesOf(work, personId) : []
    return { ...admitted, representatives: theirs.map(({ phone: _phone, ...one }) => one) }
  })
  serve(doors, contract.changeRepresentative, async (work, { params, body }) =>
    moved(await changeRepresentative(work, params.id, { representativeId: body.personId })),
  )
}
