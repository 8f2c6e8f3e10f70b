import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { knownProblems } from '../../platform/problem.ts'
import type { Account } from '../account.ts'
import { cancel } from '../lifecycle.ts'
import { findActor } from '../representatives/representatives.ts'
import * as contract from './contract.ts'
import { approve, approveAll, lower, refuse } from './decisions.ts'
import { changePhone } from './phone.ts'
import { raiseByCard, request } from './requests.ts'

const accountReply = ({ id, state }: Account) => ({ id, state })

export function requestRoutes(doors: Doors): void {
  serve(doors, contract.requestAccount, async (work, { body: { personId, level, phone, ...named } }) => {
    const { id, state } = await request(work, personId, {
      level,
      ...((await findActor(work, personId, level)) === 'representative' ? named : { phone }),
      via: 'desk',
    })
    return { id, state }
  })
  serve(doors, contract.approveAccounts, async (work, { body }) => ({
    decided: (await approveAll(work, body.ids)).map(one =>
      one.outcome !== 'refused' ? one : { ...one, why: knownProblems().get(one.code)?.vi ?? one.code },
    ),
  }))
  serve(doors, contract.approveAccount, async (work, { params, body }) =>
    accountReply(await approve(work, params.id, body)),
  )
  serve(doors, contract.refuseAccount, async (work, { params, body }) =>
    accountReply(await refuse(work, params.id, body)),
  )
  serve(doors, contract.cancelAccount, async (work, { params, body }) =>
    accountReply(await cancel(work, params.id, body)),
  )
  serve(doors, contract.changePhone, async (work, { params, body }) =>
    accountReply(await changePhone(work, params.id, body)),
  )
  serve(doors, contract.raiseAccount, async (work, { params, body }) =>
    accountReply(await raiseByCard(work, params.id, body)),
  )
  serve(doors, contract.lowerAccount, async (work, { params, body }) =>
    accountReply(await lower(work, params.id, body)),
  )
}
