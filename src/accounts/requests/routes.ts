import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { knownProblems } from '../../platform/problem.ts'
import type { Account } from '../account.ts'
import { cancel } from '../lifecycle.ts'
import { findActor } from '../representatives/representatives.ts'
import * as contract from './contract.ts'
import { lower } from './decisions.ts'
import { decideApproval, decideApprovals, decideRefusal, decideSupplement } from './held-decisions.ts'
import { changePhone } from './phone.ts'
import { raiseByCard, request } from './requests.ts'
import { supply } from './supplement.ts'

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
  serve(doors, contract.approveAccounts, async (work, { body }) => {
    const { outcomes, held } = await decideApprovals(work, body.ids)
    return {
      decided: outcomes.map(one =>
        one.outcome !== 'refused' ? one : { ...one, why: knownProblems().get(one.code)?.vi ?? one.code },
      ),
      ...(held && { held }),
    }
  })
  serve(doors, contract.approveAccount, (work, { params, body }) => decideApproval(work, params.id, body))
  serve(doors, contract.refuseAccount, (work, { params, body }) => decideRefusal(work, params.id, body))
  serve(doors, contract.askAccountSupplement, (work, { params, body }) => decideSupplement(work, params.id, body))
  serve(doors, contract.supplyAccount, async (work, { params, body }) =>
    accountReply(await supply(work, params.id, body)),
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
