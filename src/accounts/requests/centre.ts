import * as exchange from '../../exchange/exchange.ts'
import { formatPartialDay } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Account } from '../account.ts'
import { type AccountId, holdAccount, recordAccountDeed } from '../lifecycle.ts'
import { accountProblem } from '../problems.ts'
import * as desk from '../store-request.ts'
import { grantFromCentre, refuseHeld } from './decisions.ts'

/** Accounts that the national centre approves: what it is asked, and what its answers do. */

type AccountAsked = { readonly subjectId: string; readonly body: Readonly<Record<string, unknown>> }

/**
 * What the centre is asked of an account that was handed up: `subjectId` is the account, or its request for level 2.
 * Throws account-unknown.
 */
export async function accountQuestion(work: Work, id: AccountId): Promise<AccountAsked> {
  const row = await desk.findRequestRow(work, id)
  if (!row) throw accountProblem('account-unknown')
  const raising = await desk.findOpenRaising(work, row)
  const person = await register.getSummary(work, row.personId)
  const acting = row.representativeId ? await register.getSummary(work, row.representativeId) : undefined
  return {
    subjectId: raising?.id ?? id,
    body: {
      request: raising ? 'raise' : 'open',
      level: raising ? 2 : row.level,
      number: person.number ?? null,
      fullName: person.fullName,
      birthDate: formatPartialDay(person.birthDate),
      sex: person.sex,
      phone: row.phone,
      via: raising?.askedVia ?? row.askedVia,
      ...(acting && { representative: acting.number ?? null }),
    },
  }
}

/** The account of a question, held, with the request for level 2 that was asked about. */
async function holdAsked(work: Work, { personId, subjectId }: exchange.CentreQuestion) {
  const id = await desk.findAccountOfRequest(work, personId, subjectId)
  if (!id) throw new exchange.AnswerFault('not-handed-up')
  const account: Account = await holdAccount(work, id)
  const row = await desk.findRequestRow(work, id)
  const raising = await desk.findOpenRaising(work, account)
  const isAsked = raising ? raising.id === subjectId : account.id === subjectId && account.state === 'requested'
  if (!account.handedUpAt || !row?.handedUpBy || !isAsked) throw new exchange.AnswerFault('not-handed-up')
  return { account, raising, handedUpBy: row.handedUpBy }
}

/** What follows the centre's answers. */
export const accountAnswers: exchange.QuestionKinds['account.request'] = {
  grant: async (work, question, { reference, ...rest }) => {
    if (typeof reference !== 'string' || !/^[\w.-]{1,64}$/.test(reference) || Object.keys(rest).length > 0)
      throw new exchange.AnswerFault('answer-malformed')
    const { account, ...asked } = await holdAsked(work, question)
    await grantFromCentre(work, account, asked)
    return { reference }
  },
  turnBack: async (work, question, { outcome, code, note }) => {
    const { account } = await holdAsked(work, question)
    if (outcome === 'returned') {
      await desk.setReturnedByCentre(work, account, { code, note })
      await recordAccountDeed(work, 'account.returned', account, {}, { code })
      return
    }
    await desk.setAtCentre(work, account, 'decided')
    const { handedUpAt: _at, ...here } = account
    await refuseHeld(work, here, { code: 'other', note: note || code })
  },
}
