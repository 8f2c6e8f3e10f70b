import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import * as register from '../../register/register.ts'
import * as contract from '../contract.ts'
import { accountProblem } from '../problems.ts'
import { findAccountRows } from '../store.ts'
import { getAccountView } from './account-view.ts'
import { showEvidence } from './contract.ts'
import { getEvidence } from './evidence.ts'
import { countWaiting, getFunnel, listQueue } from './queues.ts'

export function queueRoutes(doors: Doors): void {
  serve(doors, contract.listAccounts, (work, { query }) => listQueue(work, query))
  serve(doors, contract.countAccounts, work => countWaiting(work))
  serve(doors, contract.accountFunnel, (work, { query }) => getFunnel(work, query))
  serve(doors, contract.findAccount, async (work, { body }) => {
    const person = await register.findByNumber(work, body.number)
    const theirs = person ? await findAccountRows(work, [person.id]) : []
    const found = theirs.find(({ state }) => state !== 'cancelled') ?? theirs.at(-1)
    if (!found) throw accountProblem('account-unknown')
    return { id: found.id }
  })
  serve(doors, showEvidence, (work, { params }) => getEvidence(work, params.id))
  serve(doors, contract.showAccount, (work, { params }) => getAccountView(work, params.id))
}
