import { type Doors, serve } from '../../platform/http/serve.ts'
import * as register from '../../register/register.ts'
import * as contract from '../contract.ts'
import { accountProblem } from '../problems.ts'
import { accountsOf } from '../store.ts'
import { whole } from './account-shown.ts'
import { funnel, queueOf } from './queues.ts'

export function queueRoutes(doors: Doors): void {
  serve(doors, contract.listAccounts, (work, { query }) => queueOf(work, query))
  serve(doors, contract.accountFunnel, (work, { query }) => funnel(work, query))
  serve(doors, contract.findAccount, async (work, { body }) => {
    const person = await register.findByNumber(work, body.number)
    const theirs = person ? await accountsOf(work, [person.id]) : []
    const found = theirs.find(({ state }) => state !== 'cancelled') ?? theirs.at(-1)
    if (!found) throw accountProblem('account-unknown')
    return { id: found.id }
  })
  serve(doors, contract.showAccount, (work, { params }) => whole(work, params.id))
}
