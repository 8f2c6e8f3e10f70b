/**
 * Links: an officer chooses their own password by a link that is good once and for a short while. It goes to the phone
 * or the e-mail address on their record, or on a paper that the officer who accepted the proposal prints and hands over
 * in person. One for who lost their second factors removes those too. The house keeps a hash; nobody else sees it on a
 * screen. Decided: whether a link still opens, and whether the login typed there is its officer's; five others end it.
 * Deeds: password-link.granted, .printed, .ended, password.chosen.
 */

import * as audit from '../../audit/audit.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { hashSecret } from '../../platform/sealing/secret-hash.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { getOfficer } from '../appointments.ts'
import { type Contact, contactIn } from '../contact.ts'
import { dropFactors } from '../factors/factors.ts'
import { contactRestsHours, passwordLinkTerms, wrongLoginsEndLink } from '../law.ts'
import type { OfficerId, PasswordLinkId, ProposalId } from '../officer.ts'
import { drawSecret, type PasswordFault, passwordContextOf, passwordFault } from '../password.ts'
import { staffProblem } from '../problems.ts'
import { endAndRecord, signingIn } from '../session.ts'
import { contactsOf, isFounder } from '../store.ts'
import { endSessions, officersWithPassword, setPassword, withCredentials } from '../store-session.ts'
import { drawLinkPaper } from './paper.ts'
import type { LinkDelivery } from './store.ts'
import * as store from './store.ts'

export type { LinkDelivery } from './store.ts'
export const linksOfProposals = store.linksOf
export const hashOfTyped = store.hashOf

const anHour = 3_600_000

/** Where an officer is reached now, and since when where it was changed. */
async function reachOf(work: Work, officerId: OfficerId) {
  const [row] = await contactsOf(work, [officerId])
  return row && { ...contactIn(row), setAt: row.setAt }
}

/** A link is sent where the officer has been reached for a while: not to a phone that was changed a moment ago. */
async function refuseUnreachable(work: Work, officerId: OfficerId, delivery: 'phone' | 'email'): Promise<void> {
  const contact = await reachOf(work, officerId)
  if (!contact?.[delivery]) throw staffProblem('contact-needed', { delivery })
  const hours = ruleOn(contactRestsHours, work.today, work)
  if (contact.setAt && work.now.getTime() - contact.setAt.getTime() < hours * anHour)
    throw staffProblem('contact-too-fresh', { hours })
}

async function endOpenLink(work: Work, officerId: OfficerId, why: string): Promise<void> {
  const ended = await store.setOpenLinkEnded(work, officerId)
  if (ended) await audit.record(work, 'password-link.ended', { kind: 'password-link', id: ended }, { why })
}

/**
 * Grants an officer a link; one that was out is over. What is sent is sent at once, by a consequence of the deed; the
 * paper is printed by whoever grants it. Throws contact-needed, contact-too-fresh.
 */
export async function grantLink(
  work: Work,
  {
    officerId,
    proposalId,
    delivery,
    dropsFactors = false,
  }: {
    readonly officerId: OfficerId
    readonly proposalId?: ProposalId
    readonly delivery: LinkDelivery
    readonly dropsFactors?: boolean
  },
): Promise<PasswordLinkId> {
  const { unitId } = await getOfficer(work, officerId)
  if (delivery !== 'paper') await refuseUnreachable(work, officerId, delivery)
  const { sentMinutes, paperHours } = ruleOn(passwordLinkTerms, work.today, work)
  const lasts = delivery === 'paper' ? paperHours * anHour : sentMinutes * 60_000
  const id = newId<'password-link'>(work.now)
  await withCredentials(work, async () => {
    await endOpenLink(work, officerId, 'granted-anew')
    await store.insertLink(work, {
      id,
      officerId,
      proposalId,
      delivery,
      dropsFactors,
      expiresAt: new Date(work.now.getTime() + lasts),
    })
  })
  await audit.record(
    work,
    'password-link.granted',
    { kind: 'password-link', id, unitId },
    { officer: officerId, delivery, ...(proposalId && { proposal: proposalId }) },
  )
  return id
}

/**
 * Grants a link at the command line, to one of the first two officers of an installation who has no password yet: there
 * was nobody to accept it. Throws two-officers-needed for everybody else.
 */
export async function grantFoundingLink(
  work: Work,
  officerId: OfficerId,
  delivery: LinkDelivery,
): Promise<PasswordLinkId> {
  const isFirst = await isFounder(work, officerId)
  const known = await withCredentials(work, () => officersWithPassword(work, [officerId]))
  if (work.by.kind !== 'operator' || !isFirst || known.length > 0) throw staffProblem('two-officers-needed')
  return grantLink(work, { officerId, delivery })
}

export type LinkToSend = {
  readonly officerId: OfficerId
  readonly unitId: units.UnitId
  readonly to:
    | { readonly kind: 'phone'; readonly number: string }
    | { readonly kind: 'email'; readonly address: string }
  /** The page that it opens, with its secret: for the message alone. */
  readonly page: string
  readonly minutes: number
}

const pageOf = (secret: string) => `/new-password#${secret}`

/** Draws the secret of a link that is to be sent, once; undefined of one on paper, or whose secret is drawn. */
export async function drawLinkToSend(work: Work, id: PasswordLinkId): Promise<LinkToSend | undefined> {
  const secret = drawSecret()
  const link = await withCredentials(work, () => store.setSecretToSend(work, id, store.hashOf(secret)))
  if (!link) return undefined
  const { unitId } = await getOfficer(work, link.officerId)
  const { phone, email }: Contact = (await reachOf(work, link.officerId)) ?? {}
  const to =
    link.delivery === 'phone'
      ? ({ kind: 'phone', number: phone ?? '' } as const)
      : ({ kind: 'email', address: email ?? '' } as const)
  const { sentMinutes: minutes } = ruleOn(passwordLinkTerms, work.today, work)
  return { officerId: link.officerId, unitId, to, page: pageOf(secret), minutes }
}

/**
 * The paper with the link of an accepted proposal, for the officer who accepted it; a paper that was printed before
 * opens nothing any more. Throws paper-not-yours.
 */
export async function printLinkPaper(
  work: Work,
  proposalId: ProposalId,
  { origin, isDemonstration }: { readonly origin: string; readonly isDemonstration: boolean },
): Promise<Buffer> {
  const secret = drawSecret()
  const link = await withCredentials(work, () => store.setSecretOnPaper(work, proposalId, store.hashOf(secret)))
  if (!link || work.by.kind !== 'officer') throw staffProblem('paper-not-yours')
  return paperOf(work, link, secret, { origin, isDemonstration })
}

/** Draws the secret of a link of one of the first two, who uses it at once. Gives the page that it opens. */
export async function drawFoundingSecret(work: Work, id: PasswordLinkId): Promise<string> {
  const secret = drawSecret()
  const link = await withCredentials(work, () => store.setSecretOfFounding(work, id, store.hashOf(secret)))
  if (!link || work.by.kind !== 'operator') throw staffProblem('paper-not-yours')
  return pageOf(secret)
}

/** The paper with a link that the command line granted, for one of the first two officers of an installation. */
export async function printFoundingPaper(
  work: Work,
  id: PasswordLinkId,
  { origin }: { readonly origin: string },
): Promise<Buffer> {
  const secret = drawSecret()
  const link = await withCredentials(work, () => store.setSecretOfFounding(work, id, store.hashOf(secret)))
  if (!link || work.by.kind !== 'operator') throw staffProblem('paper-not-yours')
  return paperOf(work, link, secret, { origin, isDemonstration: false })
}

async function paperOf(
  work: Work,
  link: store.GrantedLink,
  secret: string,
  { origin, isDemonstration }: { readonly origin: string; readonly isDemonstration: boolean },
): Promise<Buffer> {
  const { fullName, login, unitId } = await getOfficer(work, link.officerId)
  await audit.record(work, 'password-link.printed', { kind: 'password-link', id: link.id, unitId })
  const unit = (await units.letterheadOf(work, unitId, work.today)).name
  return drawLinkPaper({
    name: fullName,
    login,
    unit,
    secret,
    page: `${origin}${pageOf(secret)}`,
    expiresAt: link.expiresAt,
    printedAt: work.now,
    isDemonstration,
  })
}

/** Whether a link opens its page; looking at it uses nothing up, since mail programs look too. */
export const isLinkOpen = (openWork: OpenWork, secret: string): Promise<boolean> =>
  openWork(signingIn(), work =>
    withCredentials(work, async () => (await store.findOpenLink(work, store.hashOf(secret))) !== undefined),
  )

export type PasswordChoice =
  | { readonly outcome: 'chosen' }
  /** The link is none, was used, is over or has ended. */
  | { readonly outcome: 'gone' }
  | {
      readonly outcome: 'refused'
      readonly why: 'login-of-another' | 'signed-in-as-another' | PasswordFault
    }

async function countWrongLogin(work: Work, link: store.OpenLink): Promise<void> {
  const tries = await store.countTry(work, link.id)
  if (tries >= wrongLoginsEndLink) await endOpenLink(work, link.officerId, 'wrong-logins')
}

/**
 * The officer of a link chooses a password: they type their login beside it. `signedInAs` is who is signed in on that
 * browser: a link is not used in the session of somebody else. All sessions of the officer end.
 */
export async function choosePassword(
  openWork: OpenWork,
  {
    secret,
    login: typed,
    next,
    signedInAs,
  }: {
    readonly secret: string
    readonly login: string
    readonly next: string
    readonly signedInAs?: OfficerId | undefined
  },
): Promise<PasswordChoice> {
  const login = typed.trim().toLowerCase()
  const hash = store.hashOf(secret)
  const checked = await openWork(signingIn(), work =>
    withCredentials(work, async (): Promise<PasswordChoice | undefined> => {
      const link = await store.findOpenLink(work, hash)
      if (!link) return { outcome: 'gone' }
      if (signedInAs && signedInAs !== link.officerId) return { outcome: 'refused', why: 'signed-in-as-another' }
      if (link.login !== login) {
        await countWrongLogin(work, link)
        return { outcome: 'refused', why: 'login-of-another' }
      }
      const { fullName } = await getOfficer(work, link.officerId)
      const fault = await passwordFault(next, await passwordContextOf(work, { ...link, fullName }))
      return fault && { outcome: 'refused', why: fault }
    }),
  )
  if (checked) return checked

  // The hash takes its time, and no transaction waits for it.
  const hashed = await hashSecret(next)
  return openWork(signingIn(), work =>
    withCredentials(work, async (): Promise<PasswordChoice> => {
      const link = await store.spendLink(work, hash, login)
      if (!link) return { outcome: 'gone' }
      await setPassword(work, link.officerId, hashed, false)
      if (link.dropsFactors) await dropFactors(work, link)
      await endAndRecord(work, await endSessions(work, link.officerId), 'password-chosen')
      await audit.record(
        work,
        'password.chosen',
        { kind: 'officer', id: link.officerId, unitId: link.unitId },
        { link: link.id, delivery: link.delivery },
      )
      return { outcome: 'chosen' }
    }),
  )
}
