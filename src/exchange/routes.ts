import { type Doors, serve } from '../platform/http/serve-endpoint.ts'
import type { Work } from '../platform/work.ts'
import * as contract from './contract.ts'
import * as exchange from './exchange.ts'
import { askAboutPerson, type LookUpPurpose } from './look-up/contract.ts'
import type { CentreQuestion } from './question.ts'

type Given = {
  /** Whether the register has a number, of any unit; the caller notes the reading. */
  readonly isKnownHere: (work: Work, number: string) => Promise<boolean>
}

export function routes(doors: Doors, { isKnownHere }: Given): void {
  serve(doors, contract.exchangeOverview, work => exchange.overviewOf(work))
  serve(doors, contract.exchangeCounts, async work => {
    const { lateSince, ...counts } = await exchange.countWaiting(work)
    return { ...counts, ...(lateSince && { lateSince }) }
  })
  serve(doors, contract.settleQuarantined, async (work, { params, body }) => {
    await exchange.settleQuarantined(work, params.id, body)
    return {}
  })
  serve(doors, askAboutPerson, async (work, { body }) => ({
    id: await exchange.askLookUp(work, body, number => isKnownHere(work, number)),
  }))
  serve(doors, contract.listLookUps, async work => ({
    lookUps: (await exchange.readLookUps(work)).map(lookUpView),
  }))
}

const lookUpView = ({ id, state, askedAt, dueOn, body, answer, code, note }: CentreQuestion) => ({
  id,
  state,
  askedAt: askedAt.toISOString(),
  dueOn,
  purpose: body['purpose'] as LookUpPurpose,
  basis: String(body['basis']),
  asked: {
    fullName: String(body['fullName']),
    birthDate: String(body['birthDate']),
    lastDigits: String(body['number']).slice(-2),
  },
  ...(answer && { answer: answer as { found: boolean } }),
  ...(code && { code }),
  ...(note && { note }),
})
