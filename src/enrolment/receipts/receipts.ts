import * as accounts from '../../accounts/accounts.ts'
import type { Day } from '../../platform/day.ts'
import { dayAt } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { LawReference } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import type { ApplicationState } from '../application.ts'
import { cardLimitLaw } from '../card-limit.ts'
import { isQuarantined, isTurnedAway } from '../packets/quarantine.ts'
import * as store from '../store-application.ts'
import * as receipts from '../store-receipt.ts'
import { actorInState, type ReceiptStep, receiptStepsOf, stepNames } from './receipt-steps.ts'

/**
 * Receipts: what the citizen learns of an application.
 * Input: the token or the code of a receipt, or a deed of an application that its person must learn of.
 * Decided: which application it opens, its step, who must act and by when. Nothing identifies the person.
 * Output: the page of the receipt (receipt-page.ts) and messages to the person's phone (notices.ts). No deed is
 * recorded here; outreach records messages.
 */

/**
 * What anyone who holds a receipt sees: where the application is and what it waits for. Nothing identifies the person.
 */
export type ReceiptView = {
  readonly code: string
  readonly unit: string
  readonly takenOn: Day
  /** The application's own state, or how far its packet has come. */
  readonly card: ApplicationState | 'held' | 'arrived'
  /** Since when it is in this state. */
  readonly since: Day
  /** The law's limit, from a complete application to the card; absent where the law of its day has none yet. */
  readonly limit?: { readonly from: Day; readonly dueOn: Day; readonly law: LawReference } | undefined
  readonly steps: readonly { readonly step: ReceiptStep; readonly on?: Day | undefined }[]
  readonly reason?: string | undefined
  readonly account: string
  readonly accountProblem?: string | undefined
  readonly awaited?:
    | {
        readonly who: 'unit' | 'centre' | 'maker' | 'you'
        readonly unit?: string | undefined
        readonly by?: Day | undefined
        /** The rule of law that gave the day, where a rule of law did. */
        readonly law?: LawReference | undefined
      }
    | undefined
}

/** The view of a receipt by its token, read as the house; undefined if no such receipt has arrived yet. */
export async function findReceiptView(work: Work, token: string): Promise<ReceiptView | undefined> {
  const receipt = await receipts.findReceipt(work, token)
  return receipt && viewOfReceipt(work, receipt)
}

/** The same by the typed code. Several receipts may have it, and the day on which it was given tells them apart. */
export async function findReceiptViewByCode(
  work: Work,
  code: string,
  day: Day | undefined,
): Promise<ReceiptView | 'several' | undefined> {
  const views = new Map<string, ReceiptView>()
  for (const receipt of await receipts.findReceiptsByCode(work, code))
    views.set(receipt.applicationId, await viewOfReceipt(work, receipt))
  const found = [...views.values()].filter(({ takenOn }) => !day || takenOn === day)
  return found.length > 1 ? 'several' : found[0]
}

/** The application of a person to which a receipt with a code belongs; asked by the house, for whoever typed both. */
export async function findReceiptOf(work: Work, code: string, personId: Id<'person'>): Promise<string | undefined> {
  const found = await receipts.findReceiptsByCode(work, code)
  return found.find(receipt => receipt.personId === personId)?.applicationId
}

/** The views of everything that a person applied for, the latest first, as far as the work sees it: for that person. */
export async function listReceiptViews(work: Work, personId: Id<'person'>): Promise<ReceiptView[]> {
  const views: ReceiptView[] = []
  for (const application of await store.findApplicationsOf(work, personId)) {
    const code = (await receipts.findReceiptCode(work, application.id)) ?? ''
    views.push(
      await viewOfApplication(work, application, {
        code,
        unit: await units.unitName(work, application.unitId as Id<'unit'>),
      }),
    )
  }
  return views
}

async function viewOfReceipt(work: Work, receipt: receipts.Receipt): Promise<ReceiptView> {
  const unit = await units.unitName(work, receipt.unitId as Id<'unit'>)
  const application = receipt.personId ? await store.findApplication(work, receipt.applicationId) : undefined
  return application
    ? viewOfApplication(work, application, { code: receipt.code, unit })
    : waitingView(work, receipt, unit)
}

async function viewOfApplication(
  work: Work,
  application: store.Application,
  { code, unit }: { readonly code: string; readonly unit: string },
): Promise<ReceiptView> {
  const acts = application.actsUnitId ?? application.unitId
  const who = actorInState(application.state)
  const state = (await accountStatusOf(work, application)) ?? (application.accountProblem ? 'not-possible' : 'none')
  const accountProblem = state === 'not-possible' ? application.accountProblem : undefined
  const moves = await store.findTransitions(work, application.id)
  const complete = application.submittedOn ?? application.begunOn
  return {
    code,
    unit,
    takenOn: application.begunOn,
    card: application.state,
    since: moves.at(-1)?.onDay ?? application.begunOn,
    ...(application.dueOn && {
      limit: { from: complete, dueOn: application.dueOn, law: cardLimitLaw(complete, work) },
    }),
    steps: receiptStepsOf(moves),
    ...(application.returnedReason && who === 'you' && { reason: application.returnedReason }),
    account: state,
    ...(accountProblem && { accountProblem }),
    ...(who && {
      awaited: {
        who,
        unit: await units.unitName(work, acts as Id<'unit'>),
        by: application.actBy ?? application.dueOn ?? undefined,
        ...(application.dueOn && !application.actBy && { law: cardLimitLaw(complete, work) }),
      },
    }),
  }
}

/** The account of this application, or else one that was requested later. */
async function accountStatusOf(
  work: Work,
  { accountId, accountProblem, personId }: store.Application,
): Promise<string | undefined> {
  if (!accountId && !accountProblem) return undefined
  const theirs = (await accounts.accountsOf(work, [personId])).get(personId) ?? []
  return theirs.find(({ id, state }) => (accountId ? id === accountId : state !== 'cancelled'))?.state
}

/** The packet has arrived, and there is no application yet. */
async function waitingView(work: Work, receipt: receipts.Receipt, unit: string): Promise<ReceiptView> {
  const isOver = await isTurnedAway(work, receipt.applicationId)
  return {
    code: receipt.code,
    unit,
    takenOn: dayAt(receipt.givenAt),
    card: isOver ? 'refused' : (await isQuarantined(work, receipt.applicationId)) ? 'held' : 'arrived',
    since: dayAt(receipt.givenAt),
    steps: stepNames.map(step => ({ step })),
    account: 'none',
    ...(!isOver && { awaited: { who: 'unit', unit } }),
  }
}
