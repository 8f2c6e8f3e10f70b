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
import { developerSeenEverySeconds, developerSignIn, linksAsked } from '../law.ts'
import { isEmail, normalizedEmail } from '../registry.ts'
import type { EngineerId, EngineerSession } from './store.ts'
import * as store from './store.ts'

export const newSecretToken = () => randomBytes(32).toString('base64url')
export const hashText = (text: string): Buffer => createHash('sha256').update(text).digest()

const developerSignInScope = asSystem('developers', 'none')

export type LinkRequest =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'email-wrong' }
  | { readonly outcome: 'slowed'; readonly minutes: number }

/** Sends a link. `device` is the token of the browser's device cookie, `address` where it asks from. */
export async function requestLink(
  openWork: OpenWork,
  {
    email: typed,
    device,
    address,
    language,
  }: { readonly email: string; readonly device: string; readonly address: string; readonly language: Language },
): Promise<LinkRequest> {
  const email = normalizedEmail(typed)
  if (!isEmail(email)) return { outcome: 'email-wrong' }
  return openWork(developerSignInScope, work =>
    store.inDeveloperSignIn(work, async (): Promise<LinkRequest> => {
      const addressHash = hashText(`address\n${address}`)
      await store.holdLinks(work, email, addressHash)
      const most = ruleOn(linksAsked, work.today, work)
      const counts = await store.countLinks(work, email, addressHash, most.minutes)
      if (counts.to >= most.to || counts.from >= most.from) return { outcome: 'slowed', minutes: most.minutes }
      const token = newSecretToken()
      const minutes = ruleOn(developerSignIn, work.today, work).linkMinutes
      const endsAt = new Date(work.now.getTime() + minutes * 60_000)
      await store.insertLink(work, {
        tokenHash: hashText(token),
        email,
        deviceHash: hashText(device),
        addressHash,
        endsAt,
      })
      await outreach.sendMessage(work, {
        template: 'developer-sign-in',
        facts: { page: `/developers/in#${token}`, minutes },
        language,
        to: { kind: 'email', address: email },
        about: { kind: 'developer-link', id: newId(work.now) },
      })
      return { outcome: 'sent' }
    }),
  )
}

/** Whether a link still opens in this browser; looking at it uses nothing up, since mail programs look too. */
export const checkLinkOpen = (openWork: OpenWork, token: string, device: string): Promise<boolean> =>
  openWork(developerSignInScope, work =>
    store.inDeveloperSignIn(work, () => store.findOpenLink(work, hashText(token), hashText(device))),
  )

/** Signs an engineer in by a link. Gives the token of their session, or undefined where the link opens nothing. */
export const signInByLink = (openWork: OpenWork, token: string, device: string): Promise<string | undefined> =>
  openWork(developerSignInScope, work =>
    store.inDeveloperSignIn(work, async () => {
      const email = await store.spendLink(work, hashText(token), hashText(device))
      if (email === undefined) return undefined
      const engineerId = await store.findOrAddEngineer(work, email, newId<'engineer'>(work.now))
      await store.addMemberByContact(work, engineerId, email)
      const session = newSecretToken()
      const id = newId<'engineer-session'>(work.now)
      await store.insertSession(
        work,
        id,
        hashText(session),
        engineerId,
        new Date(work.now.getTime() + ruleOn(developerSignIn, work.today, work).sessionHours * 3_600_000),
      )
      await audit.record(work, 'engineer.signed-in', { kind: 'engineer', id: engineerId })
      return session
    }),
  )

/** The live session of a token. Its use is noted once a minute. */
export const readSession = (openWork: OpenWork, token: string): Promise<EngineerSession | undefined> =>
  openWork(developerSignInScope, work =>
    store.inDeveloperSignIn(work, async () => {
      const found = await store.findSessionByToken(work, hashText(token))
      if (!found) return undefined
      const { seenAt, ...session } = found
      if (work.now.getTime() - seenAt.getTime() > developerSeenEverySeconds * 1000)
        await store.updateSeenAt(work, session.id)
      return session
    }),
  )

export const signOut = (openWork: OpenWork, { id, engineerId }: EngineerSession): Promise<void> =>
  openWork(developerSignInScope, work =>
    store.inDeveloperSignIn(work, async () => {
      await store.endSession(work, id)
      await audit.record(work, 'engineer.signed-out', { kind: 'engineer', id: engineerId })
    }),
  )

/** A work in which an engineer acts, and sees their own parties. */
export const workAsEngineer = <T>(
  openWork: OpenWork,
  engineerId: EngineerId,
  requestId: string,
  step: (work: Work) => Promise<T>,
): Promise<T> =>
  openWork({ by: { kind: 'party', id: engineerId }, scope: 'none', purpose: 'developers', requestId }, async work => {
    await store.setActingEngineer(work, engineerId)
    return step(work)
  })

export const forgetLinks = store.forgetLinks

/** Sessions of engineers that ended before a moment: how many there are, and their removal. The house's scope. */
export const endedSessions = { count: store.countSessionsEnded, remove: store.deleteSessionsEnded }
