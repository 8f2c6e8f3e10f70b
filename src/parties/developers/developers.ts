/**
 * Developers: a party's engineers have pages of their own, without script: they register parties and clients, follow
 * what is decided of them, and look up why a sign-in failed. An engineer signs in by a link to an address that they
 * read, used once, within a quarter of an hour, in the browser that asked for it. Nobody is told whether an address is
 * known: whoever reads one may register. Decided here: who signs in, and which parties are theirs; what they do is
 * decided by the registry and the clients.
 * Deeds: engineer.signed-in, .signed-out; what registry and clients record.
 */

import { createHash, randomBytes } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import * as outreach from '../../outreach/outreach.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Language } from '../../platform/pages/html.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { developerSignIn, linksAsked } from '../law.ts'
import { asEmail, isEmail } from '../registry.ts'
import type { EngineerId, EngineerSession } from './store.ts'
import * as store from './store.ts'

export const newToken = () => randomBytes(32).toString('base64url')
export const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

const atTheDoor = asSystem('developers', 'none')

export type LinkAsked =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'email-wrong' }
  | { readonly outcome: 'slowed'; readonly minutes: number }

/** Sends a link. `device` is the token of the browser's device cookie, `address` where it asks from. */
export async function askForLink(
  openWork: OpenWork,
  {
    email: typed,
    device,
    address,
    language,
  }: { readonly email: string; readonly device: string; readonly address: string; readonly language: Language },
): Promise<LinkAsked> {
  const email = asEmail(typed)
  if (!isEmail(email)) return { outcome: 'email-wrong' }
  return openWork(atTheDoor, work =>
    store.signingIn(work, async (): Promise<LinkAsked> => {
      const addressHash = hashOf(`address\n${address}`)
      await store.holdLinks(work, email, addressHash)
      const most = ruleOn(linksAsked, work.today, work)
      const counts = await store.countLinks(work, email, addressHash, most.minutes)
      if (counts.to >= most.to || counts.from >= most.from) return { outcome: 'slowed', minutes: most.minutes }
      const token = newToken()
      const endsAt = new Date(work.now.getTime() + ruleOn(developerSignIn, work.today, work).linkMinutes * 60_000)
      await store.addLink(work, { tokenHash: hashOf(token), email, deviceHash: hashOf(device), addressHash, endsAt })
      await outreach.send(work, {
        template: 'developer-sign-in',
        facts: { page: `/developers/in/${token}` },
        language,
        to: { kind: 'email', address: email },
        about: { kind: 'developer-link', id: newId(work.now) },
      })
      return { outcome: 'sent' }
    }),
  )
}

/** Whether a link still opens in this browser; looking at it uses nothing up, since mail programs look too. */
export const isLinkOpen = (openWork: OpenWork, token: string, device: string): Promise<boolean> =>
  openWork(atTheDoor, work => store.signingIn(work, () => store.isLinkOpen(work, hashOf(token), hashOf(device))))

/** Signs an engineer in by a link. Gives the token of their session, or undefined where the link opens nothing. */
export const signInByLink = (openWork: OpenWork, token: string, device: string): Promise<string | undefined> =>
  openWork(atTheDoor, work =>
    store.signingIn(work, async () => {
      const email = await store.useLink(work, hashOf(token), hashOf(device))
      if (email === undefined) return undefined
      const engineerId = await store.engineerOf(work, email, newId<'engineer'>(work.now))
      await store.joinByContact(work, engineerId, email)
      const session = newToken()
      const id = newId<'engineer-session'>(work.now)
      await store.addSession(
        work,
        id,
        hashOf(session),
        engineerId,
        new Date(work.now.getTime() + ruleOn(developerSignIn, work.today, work).sessionHours * 3_600_000),
      )
      await audit.record(work, 'engineer.signed-in', { kind: 'engineer', id: engineerId })
      return session
    }),
  )

export const readSession = (openWork: OpenWork, token: string): Promise<EngineerSession | undefined> =>
  openWork(atTheDoor, work => store.signingIn(work, () => store.sessionByToken(work, hashOf(token))))

export const signOut = (openWork: OpenWork, { id, engineerId }: EngineerSession): Promise<void> =>
  openWork(atTheDoor, work =>
    store.signingIn(work, async () => {
      await store.endSession(work, id)
      await audit.record(work, 'engineer.signed-out', { kind: 'engineer', id: engineerId })
    }),
  )

/** A work in which an engineer acts, and sees their own parties. */
export const workAs = <T>(
  openWork: OpenWork,
  engineerId: EngineerId,
  requestId: string,
  verb: (work: Work) => Promise<T>,
): Promise<T> =>
  openWork({ by: { kind: 'party', id: engineerId }, scope: 'none', purpose: 'developers', requestId }, async work => {
    await store.actAs(work, engineerId)
    return verb(work)
  })

export const forgetLinks = store.forgetLinks
