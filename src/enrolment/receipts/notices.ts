import * as accounts from '../../accounts/accounts.ts'
import * as outreach from '../../outreach/outreach.ts'
import type { Id } from '../../platform/ids.ts'
import { knownProblems } from '../../platform/problem.ts'
import { type Deed, type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { formsOn } from '../law.ts'
import * as store from '../store-application.ts'
import * as receipts from '../store-receipt.ts'
import { type ReceiptTextKey, receiptText } from './words.ts'

/**
 * Notifies the citizen of changes of an application the same day, with who must act and by when. Consequences of its
 * deeds. The unit calls a person without a phone, who is on its list.
 */

const receiptPagePath = '/receipt'

type ReceiptNotice = {
  readonly application: store.Application
  readonly person: register.PersonSummary
  readonly receipt: string
  readonly unit: string
  readonly ways: Pick<outreach.OutgoingMessage, 'to' | 'otherwise'>
}

/**
 * The phone of the requested account, else one in the register; of a child, that of whoever asked on line. Then the
 * other ways of the same person, last a letter to the home of whom the card is.
 */
async function findWays(work: Work, { personId, signer }: store.Application) {
  const asked = signer?.personId
  const own = await accounts.phonesOf(work, personId)
  const speaker = own.length === 0 && asked ? asked : personId
  const [phone, ...others] = speaker === personId ? own : await withHouseScope(work, h => accounts.phonesOf(h, speaker))
  if (!phone) return undefined
  const numbers = others.map(number => ({ kind: 'phone', number }) as const)
  const otherwise = [...numbers, ...(await accounts.otherWaysOf(work, speaker, personId))]
  return { to: { kind: 'phone', number: phone } as const, otherwise }
}

async function findRecipient(work: Work, { subject }: Deed): Promise<ReceiptNotice | undefined> {
  const application = await store.findApplication(work, subject.id)
  if (!application) return undefined
  const personId = application.personId
  const [person] = await register.listSummaries(work, [personId])
  const ways = await findWays(work, application)
  if (!person || !ways) return undefined
  return {
    application,
    person,
    receipt: (await receipts.findReceiptCode(work, application.id)) ?? application.id.slice(0, 8).toUpperCase(),
    unit: await units.unitName(work, (application.actsUnitId ?? application.unitId) as Id<'unit'>),
    ways,
  }
}

const noticeSubject = ({ application: { id, personId, unitId } }: ReceiptNotice) => ({
  kind: 'application',
  id,
  personId,
  unitId,
})

const textOfCode = (prefix: string, code: string, otherwise: ReceiptTextKey) => {
  const [vi, en] = [receiptText('vi'), receiptText('en')]
  const key = `${prefix}-${code}` as ReceiptTextKey
  const isKnown = vi(key) !== key
  return { vi: isKnown ? vi(key) : vi(otherwise), en: isKnown ? en(key) : en(otherwise) }
}

type NoticeContent = Omit<outreach.OutgoingMessage, 'to' | 'about' | 'language'>

const noticeConsequence =
  (
    letterOf: (
      work: Work,
      told: ReceiptNotice,
      deed: Deed,
    ) => NoticeContent | undefined | Promise<NoticeContent | undefined>,
  ) =>
  async (work: Work, deed: Deed): Promise<void> => {
    const told = await findRecipient(work, deed)
    const letter = told && (await letterOf(work, told, deed))
    if (told && letter)
      await outreach.sendMessage(work, {
        ...letter,
        language: 'vi',
        ...told.ways,
        about: noticeSubject(told),
      } as outreach.OutgoingMessage)
  }

/** Returned to the unit: why, who must act and by when. */
export const notifyReturned = noticeConsequence((_work, { application, person, receipt, unit }, { id }) => {
  const { returnedReason, actBy } = application
  if (!returnedReason || !actBy) return undefined
  const reason = textOfCode('reason', returnedReason, 'reason-other')
  return {
    template: 'application-returned',
    facts: { person: person.fullName, receipt, reason, unit, by: actBy, page: receiptPagePath },
    key: `returned:${id}`,
  }
})

/** Refused: why, and where the notice is. */
export const notifyRefused = noticeConsequence((work, { application, person, receipt, unit }, { id }) => {
  const reason = textOfCode('refused', application.returnedReason ?? 'other', 'refused-other')
  const form = formsOn(work.today, work).refusal.code
  return {
    template: 'application-refused',
    facts: { person: person.fullName, receipt, reason, form, unit, page: receiptPagePath },
    key: `refused:${id}`,
  }
})

/** In which hours a unit hands cards over, in words; planning knows, which lies above. */
export type OpeningHours = (work: Work, unitId: Id<'unit'>) => Promise<{ readonly vi: string; readonly en: string }>

/** The card is where it can be collected: from when, in which hours. */
export const notifyCardAtUnit = (openingHours: OpeningHours) =>
  noticeConsequence(async (work, { application, person, receipt, unit }, { id }) => ({
    template: 'card-at-unit',
    facts: {
      person: person.fullName,
      receipt,
      place: unit,
      from: work.today,
      hours: await openingHours(work, (application.actsUnitId ?? application.unitId) as Id<'unit'>),
      page: receiptPagePath,
    },
    key: `at-unit:${id}`,
  }))

/** No account could be made: why, and what to do. */
export const notifyNoAccount = noticeConsequence((_work, { application, person, unit }, { facts, id }) => {
  const code = facts['account']
  if (typeof code !== 'string') return undefined
  const kind = knownProblems().get(code)
  const otherwise = { vi: receiptText('vi')('account-not-possible'), en: receiptText('en')('account-not-possible') }
  const reason = kind ? { vi: kind.vi, en: kind.title } : otherwise
  const remedy = kind?.fix && kind.fixVi ? { vi: kind.fixVi, en: kind.fix } : otherwise
  return {
    template: 'account-not-possible',
    facts: { person: person.fullName, reason, remedy, unit, page: receiptPagePath },
    key: `no-account:${application.id}:${id}`,
  }
})
