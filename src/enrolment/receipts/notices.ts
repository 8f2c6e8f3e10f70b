import * as accounts from '../../accounts/accounts.ts'
import * as outreach from '../../outreach/outreach.ts'
import type { Id } from '../../platform/ids.ts'
import { knownProblems } from '../../platform/problem.ts'
import type { Deed, Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { formsOn } from '../law.ts'
import * as store from '../store.ts'
import * as receipts from '../store-receipt.ts'
import { say, type WordKey } from './words.ts'

/**
 * Notifies the citizen of changes of an application the same day, with who must act and by when. Consequences of its
 * deeds. The unit calls a person without a phone, who is on its list.
 */

const page = '/receipt'

type Told = {
  readonly application: store.Application
  readonly person: register.PersonSummary
  readonly receipt: string
  readonly unit: string
  readonly to: outreach.Recipient
}

/** The phone of the requested account, else one in the register. */
async function phoneOf(work: Work, personId: register.PersonId): Promise<string | undefined> {
  return (await accounts.phoneOf(work, personId)) ?? (await register.phonesOf(work, personId))[0]
}

async function whom(work: Work, { subject }: Deed): Promise<Told | undefined> {
  const application = await store.findApplication(work, subject.id)
  if (!application) return undefined
  const personId = application.personId
  const [person] = await register.summariesOf(work, [personId])
  const phone = await phoneOf(work, personId)
  if (!person || !phone) return undefined
  return {
    application,
    person,
    receipt: (await receipts.codeOf(work, application.id)) ?? application.id.slice(0, 8).toUpperCase(),
    unit: await units.nameOf(work, (application.actsUnitId ?? application.unitId) as Id<'unit'>),
    to: { kind: 'phone', number: phone },
  }
}

const about = ({ application: { id, personId, unitId } }: Told) => ({ kind: 'application', id, personId, unitId })

const inWords = (prefix: string, code: string, otherwise: WordKey) => {
  const [vi, en] = [say('vi'), say('en')]
  const key = `${prefix}-${code}` as WordKey
  const isKnown = vi(key) !== key
  return { vi: isKnown ? vi(key) : vi(otherwise), en: isKnown ? en(key) : en(otherwise) }
}

type Letter = Omit<outreach.Sending, 'to' | 'about' | 'language'>

const telling =
  (letterOf: (work: Work, told: Told, deed: Deed) => Letter | undefined) =>
  async (work: Work, deed: Deed): Promise<void> => {
    const told = await whom(work, deed)
    const letter = told && letterOf(work, told, deed)
    if (told && letter)
      await outreach.send(work, { ...letter, language: 'vi', to: told.to, about: about(told) } as outreach.Sending)
  }

/** Returned to the unit: why, who must act and by when. */
export const tellReturned = telling((_work, { application, person, receipt, unit }, { id }) => {
  const { returnedReason, actBy } = application
  if (!returnedReason || !actBy) return undefined
  const reason = inWords('reason', returnedReason, 'reason-other')
  return {
    template: 'application-returned',
    facts: { person: person.fullName, receipt, reason, unit, by: actBy, page },
    key: `returned:${id}`,
  }
})

/** Refused: why, and where the notice is. */
export const tellRefused = telling((work, { application, person, receipt, unit }, { id }) => {
  const reason = inWords('refused', application.returnedReason ?? 'other', 'refused-other')
  const form = formsOn(work.today, work).refusal.code
  return {
    template: 'application-refused',
    facts: { person: person.fullName, receipt, reason, form, unit, page },
    key: `refused:${id}`,
  }
})

/** The card is where it can be collected. */
export const tellAtUnit = telling((work, { person, receipt, unit }, { id }) => ({
  template: 'card-at-unit',
  facts: { person: person.fullName, receipt, place: unit, from: work.today, page },
  key: `at-unit:${id}`,
}))

/** No account could be made: why, and what to do. */
export const tellNoAccount = telling((_work, { application, person, unit }, { facts, id }) => {
  const code = facts['account']
  if (typeof code !== 'string') return undefined
  const kind = knownProblems().get(code)
  const otherwise = { vi: say('vi')('account-not-possible'), en: say('en')('account-not-possible') }
  const reason = kind ? { vi: kind.vi, en: kind.title } : otherwise
  const remedy = kind?.fix && kind.fixVi ? { vi: kind.fixVi, en: kind.fix } : otherwise
  return {
    template: 'account-not-possible',
    facts: { person: person.fullName, reason, remedy, unit, page },
    key: `no-account:${application.id}:${id}`,
  }
})
