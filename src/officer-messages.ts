import * as outreach from './outreach/outreach.ts'
import { dayAt, slashedDay } from './platform/day.ts'
import type { Id } from './platform/ids.ts'
import { type Deed, type Work, withHouseScope } from './platform/work.ts'
import * as staff from './staff/staff.ts'
import {
  afterAbsenceWords,
  contactReplaced,
  factorWords,
  linkUsed,
  type MessageWords,
  onPaper,
  restingWords,
  signInWords,
} from './words-officer-messages.ts'

/**
 * What officers are told at the phone or e-mail address on their record: the link by which they choose a password, and
 * that their record was changed, by whomever.
 */

type Contact = Awaited<ReturnType<typeof staff.contactOf>>
/** The unit that keeps an officer's record: never a school. */
type Unit = Id<'unit'> | undefined
const unitOf = ({ subject }: Deed) => subject.unitId as Unit

/** Every address there is: whoever took one over has not taken both. */
const recipientsOf = ({ phone, email }: Contact): outreach.Recipient[] => [
  ...(phone ? [{ kind: 'phone', number: phone } as const] : []),
  ...(email ? [{ kind: 'email', address: email } as const] : []),
]

const notify = (work: Work, officerId: staff.OfficerId, unitId: Unit, contact: Contact, what: MessageWords) =>
  outreach.sendMessages(
    work,
    recipientsOf(contact).map(to => ({
      template: 'officer-changed' as const,
      facts: { on: work.today, what },
      language: 'vi' as const,
      to,
      about: { kind: 'officer', id: officerId, ...(unitId && { unitId }) },
    })),
  )

/** A link that was granted is sent at once; of one on paper its officer is told. */
export async function sendOfficerLink(work: Work, deed: Deed): Promise<void> {
  const link = await staff.drawLinkToSend(work, deed.subject.id as staff.PasswordLinkId)
  const officerId = deed.facts['officer'] as staff.OfficerId
  if (!link) {
    await notify(work, officerId, unitOf(deed), await staff.contactOf(work, officerId), onPaper)
    return
  }
  await outreach.sendMessage(work, {
    template: 'officer-link',
    facts: { link: link.page, minutes: link.minutes },
    language: 'vi',
    to: link.to,
    about: { kind: 'officer', id: officerId, unitId: link.unitId },
  })
}

/** Whoever chose it: its officer learns that their way of signing in is another. */
export async function notifyOfPassword(work: Work, deed: Deed): Promise<void> {
  const officerId = deed.subject.id as staff.OfficerId
  const contact = await withHouseScope(work, house => staff.contactOf(house, officerId))
  await notify(work, officerId, unitOf(deed), contact, linkUsed)
}

/** The code by which an officer of education signs in, to the e-mail address on their record. */
export async function sendSignInCode(work: Work, deed: Deed): Promise<void> {
  const drawn = await staff.drawSignInCode(work, deed.facts['signIn'] as staff.SignInId)
  if (!drawn) return
  const { email } = await withHouseScope(work, house => staff.contactOf(house, drawn.officerId))
  if (!email) return
  const unitId = unitOf(deed)
  await outreach.sendMessage(work, {
    template: 'officer-code',
    facts: { code: drawn.code, minutes: staff.signInMinutes },
    language: 'vi',
    to: { kind: 'email', address: email },
    about: { kind: 'officer', id: drawn.officerId, ...(unitId && { unitId }) },
  })
}

/**
 * An officer learns of a sign-in as them, or of one that stopped half-way, in a browser not known as theirs; and of one
 * after a long time, in whichever.
 */
export async function notifyOfSignIn(work: Work, deed: Deed): Promise<void> {
  const isElsewhere = deed.facts['elsewhere'] === true
  if (!isElsewhere && deed.facts['afterAbsence'] !== true) return
  const officerId = (deed.facts['officer'] ?? deed.subject.id) as staff.OfficerId
  const contact = await withHouseScope(work, house => staff.contactOf(house, officerId))
  const words = isElsewhere ? signInWords[deed.deed as keyof typeof signInWords] : afterAbsenceWords
  await notify(work, officerId, unitOf(deed), contact, words)
}

/** Whoever added or removed it: its officer learns that their second factors are others. */
export async function notifyOfFactor(work: Work, deed: Deed): Promise<void> {
  const officerId = deed.subject.id as staff.OfficerId
  const contact = await withHouseScope(work, house => staff.contactOf(house, officerId))
  const restsUntil = deed.facts['restsUntil']
  const words = restsUntil
    ? restingWords(slashedDay(dayAt(new Date(String(restsUntil)))))
    : factorWords[deed.deed as keyof typeof factorWords]
  await notify(work, officerId, unitOf(deed), contact, words)
}

/** The officer is told where they were reached before. */
export async function notifyFormerContact(work: Work, deed: Deed): Promise<void> {
  const former = await staff.proposals.formerContactOf(work, deed.facts['proposal'] as staff.ProposalId)
  await notify(work, deed.subject.id as staff.OfficerId, unitOf(deed), former, contactReplaced)
}
