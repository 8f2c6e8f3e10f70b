/**
 * Founding: whoever starts an installation in which nobody works yet enters its first two officers, by a link that the
 * start prints. In: the secret of the link, two different people. Decided: whether the link opens (once, for a while,
 * never after an officer has a post) and who the first two are. Out: two officers with the first two posts; the first
 * chooses a password at once, the second by a paper or a message. The house keeps a hash of the secret.
 * Deeds: founding-link.drawn, .ended, .used; of the two those of any officer, whose post says `founding`.
 */

import * as audit from '../../audit/audit.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { networkOf, slowdownKeyOf } from '../../platform/throttling/slowdown.ts'
import type { Authority, OpenWork, Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { enterOfficer, foundAppointment } from '../appointments.ts'
import type { Contact } from '../contact.ts'
import { foundingLinkMinutes, foundingTries } from '../law.ts'
import {
  drawFoundingSecret,
  grantFoundingLink,
  hashOfTyped,
  type LinkDelivery,
  printFoundingPaper,
} from '../links/links.ts'
import type { FoundingLinkId } from '../officer.ts'
import { drawSecret } from '../password.ts'
import { staffProblem } from '../problems.ts'
import type { Role } from '../role.ts'
import { holdFounding } from '../store.ts'
import { attempts, withCredentials } from '../store-session.ts'
import * as store from './store.ts'

/** Whoever holds the link is who started the house: no officer is signed in, and nothing but founding is done so. */
const byLink: Authority = { by: { kind: 'operator', id: 'founding-link' }, scope: 'house', purpose: 'staff' }

const foundingSubject = (id: FoundingLinkId) => ({ kind: 'founding-link', id })

async function endFoundingLink(work: Work, why: 'drawn-anew' | 'officers-entered'): Promise<void> {
  const ended = await store.setFoundingLinkEnded(work)
  if (ended) await audit.record(work, 'founding-link.ended', foundingSubject(ended), { why })
}

export type DrawnFoundingLink = { readonly page: string; readonly minutes: number }

/**
 * Draws the link of a start, where nobody ever had a post; one that was out is over. Gives the page that it opens, with
 * its secret: for the terminal alone. Undefined where somebody has a post.
 */
export async function drawFoundingLink(work: Work): Promise<DrawnFoundingLink | undefined> {
  const { all } = await holdFounding(work)
  return withCredentials(work, async () => {
    await endFoundingLink(work, all > 0 ? 'officers-entered' : 'drawn-anew')
    if (all > 0) return undefined
    const minutes = ruleOn(foundingLinkMinutes, work.today, work)
    const secret = drawSecret()
    const id = newId<'founding-link'>(work.now)
    await store.insertFoundingLink(work, {
      id,
      hash: hashOfTyped(secret),
      expiresAt: new Date(work.now.getTime() + minutes * 60_000),
    })
    await audit.record(work, 'founding-link.drawn', foundingSubject(id), { minutes })
    return { page: `/begin#${secret}`, minutes }
  })
}

/** Whether the page of founding has anything to do: a link is out, and nobody has a post. */
export const isFoundingOpen = (openWork: OpenWork): Promise<boolean> =>
  openWork(byLink, async work => {
    const { all } = await holdFounding(work)
    return all === 0 && (await withCredentials(work, () => store.isFoundingLinkOut(work)))
  })

/** The provinces that an installation may be of, its own first. */
export const foundingProvinces = (openWork: OpenWork): Promise<{ own: string; provinces: [string, string][] }> =>
  openWork(byLink, async work => ({
    own: (await units.findHomeProvince(work, work.today)) ?? '',
    provinces: (await units.unitsOn(work, work.today))
      .filter(({ level }) => level === 'province')
      .map(({ id, name }) => [id, name]),
  }))

/** One of the first two, as they are entered. */
export type Founder = { readonly fullName: string; readonly login: string; readonly contact: Contact }

export type Founding = {
  readonly secret: string
  readonly unitId: units.UnitId
  readonly first: Founder
  readonly second: Founder & { readonly role: Role; readonly delivery: LinkDelivery }
}

export type Founded =
  | {
      readonly outcome: 'founded'
      /** The page on which the first one chooses a password. */
      readonly page: string
      /** The second one's paper, where it is not sent. */
      readonly paper?: Buffer
    }
  /** The link is none, was used, is over or has ended, or somebody has a post. */
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'slowed'; readonly seconds: number }

/** Looks whether a secret opens, which is counted before; seconds to wait where it is not looked at. */
const tryFoundingSecret = (openWork: OpenWork, hash: Buffer, address: string): Promise<boolean | number> =>
  openWork(byLink, work =>
    withCredentials(work, async () => {
      const key = slowdownKeyOf('founding', networkOf(address))
      const seconds = await attempts.count(work, key, foundingTries)
      if (seconds !== undefined) return seconds
      const opens = await store.isFoundingSecret(work, hash)
      if (opens) await attempts.clear(work, key)
      return opens
    }),
  )

function refuseOnePerson({ first, second }: Founding): void {
  const [one, other] = [first, second].map(({ login }) => login.trim().toLowerCase())
  if (one === other) throw staffProblem('founders-same')
}

/**
 * Enters the first two officers of an installation and gives them the first two posts, in one transaction: of two who
 * use the link at once, one does. Throws founders-same, and what entering and appointing an officer throw.
 */
export async function found(
  openWork: OpenWork,
  founding: Founding,
  { address, origin }: { readonly address: string; readonly origin: string },
): Promise<Founded> {
  const hash = hashOfTyped(founding.secret)
  const opens = await tryFoundingSecret(openWork, hash, address)
  if (typeof opens === 'number') return { outcome: 'slowed', seconds: opens }
  if (!opens) return { outcome: 'gone' }
  refuseOnePerson(founding)
  return openWork(byLink, async (work): Promise<Founded> => {
    const { all } = await holdFounding(work)
    const id = all === 0 ? await withCredentials(work, () => store.spendFoundingLink(work, hash)) : undefined
    if (!id) return { outcome: 'gone' }
    await audit.record(work, 'founding-link.used', foundingSubject(id))
    const { unitId, first, second } = founding
    const enter = async (who: Founder, role: Role) => {
      const officer = await enterOfficer(work, { ...who, unitId })
      if (!(await foundAppointment(work, { officerId: officer.id, role, unitId })))
        throw new Error('the first two posts of an installation are given once')
      return officer.id
    }
    const firstId = await enter(first, 'administrator')
    const secondId = await enter(second, second.role)
    const page = await drawFoundingSecret(work, await grantFoundingLink(work, firstId, 'paper'))
    const link = await grantFoundingLink(work, secondId, second.delivery)
    return {
      outcome: 'founded',
      page,
      ...(second.delivery === 'paper' && { paper: await printFoundingPaper(work, link, { origin }) }),
    }
  })
}
