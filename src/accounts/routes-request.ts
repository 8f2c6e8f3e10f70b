import * as audit from '../audit/audit.ts'
import { type Doors, serve } from '../platform/serve.ts'
import type * as register from '../register/register.ts'
import * as contract from './contract-child.ts'
import { actsFor, admittedTo, representativesOf } from './representative.ts'
import { request } from './requests.ts'

export function requestRoutes(doors: Doors): void {
  serve(doors, contract.showRepresentatives, async (work, { params }) => {
    const personId = params.id as register.PersonId
    await audit.noteReading(work, [personId], ['kin'])
    const admitted = await admittedTo(work, personId)
    const theirs = admitted.acts === 'representative' ? await representativesOf(work, personId) : []
    return { ...admitted, representatives: theirs.map(({ phone: _phone, ...one }) => one) }
  })
  serve(doors, contract.requestAccount, async (work, { body: { personId, level, phone, ...named } }) => {
    const holder = personId as register.PersonId
    const { id, state } = await request(work, holder, {
      level,
      ...((await actsFor(work, holder, level)) === 'representative' ? named : { phone }),
      via: 'desk',
    })
    return { id, state }
  })
}
