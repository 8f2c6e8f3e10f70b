import * as audit from '../audit/audit.ts'
import type { Day } from '../platform/day.ts'
import { hashToken, newToken } from '../platform/http/cookie-tokens.ts'
import { newId } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import { matchesSecret } from '../platform/sealing/secret-hash.ts'
import { inConstantTime } from '../platform/throttling/constant-time.ts'
import { slowdownKeyOf } from '../platform/throttling/slowdown.ts'
import { asSystem, type OpenWork, type Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import { hashOfToken, pepperedPin } from './issuing.ts'
import { linkSessionHours, pinTries } from './law.ts'
import { endOf, type Link, type LinkEnd, type LinkKind, type LinkSession, linkAuthority } from './link.ts'
import * as store from './store.ts'

export type LinkOpening =
  | { readonly outcome: 'opened'; readonly session: string }
  | { readonly outcome: 'wrong'; readonly triesLeft: number }
  | { readonly outcome: 'slowed'; readonly seconds: number }
  /** Told after the right PIN alone. */
  | { readonly outcome: 'ended'; readonly why: LinkEnd; readonly until: Day; readonly issuer: string }

/** Whoever types a PIN: the browser, by its device token. */
export type LinkCaller = { readonly device: string }

const opening = asSystem('campaign')
/** Where there is no link, the same is computed for none. */
const noLink = '00000000-0000-0000-0000-000000000000'

/** Who issues another link: the school, else the unit. */
async function issuerOf(work: Work, { schoolId, unitId }: Link): Promise<string> {
  if (schoolId) return (await units.getSchool(work, schoolId)).name
  return unitId ? units.unitName(work, unitId) : ''
}

/**
 * Opens a link by its PIN. A token that is unknown, malformed or of a link that has ended goes through the same steps
 * as a wrong PIN: one look-up, one count by the token as it was presented, one hash, and an answer at the end of the
 * same slot. The true end of a link is told after its right PIN. A browser that opened the link before is counted by
 * itself, so that guesses of strangers do not keep its holder waiting.
 */
export const openWithPin = (
  openWork: OpenWork,
  { kind, token, pin, caller }: { kind: LinkKind; token: string; pin: string; caller: LinkCaller },
): Promise<LinkOpening> =>
  inConstantTime(async () => {
    const tokenHash = hashOfToken(token)
    const deviceHash = hashToken(caller.device)
    const { link, key, seconds, triesLeft } = await openWork(opening, async work => {
      const link = await store.findPresented(work, kind, tokenHash, deviceHash)
      const key = slowdownKeyOf(
        'link',
        kind,
        tokenHash.toString('hex'),
        link?.isOwnBrowser ? deviceHash.toString('hex') : '',
      )
      const seconds = await store.pinCounters.count(work, key, pinTries)
      const triesLeft = await store.pinCounters.freeLeft(work, key, pinTries)
      return { link, key, seconds, triesLeft }
    })
    if (seconds !== undefined) return { outcome: 'slowed', seconds }
    const isRight = await matchesSecret(link?.pinHash ?? undefined, pepperedPin(link?.id ?? noLink, pin))
    if (!link || !isRight) return { outcome: 'wrong', triesLeft }
    const ended = await openWork(opening, async work => {
      await store.pinCounters.clear(work, key)
      const now = await store.holdLink(work, link.id)
      const end = now && endOf(now, work.today)
      if (now && !end) return store.setOpened(work, link.id)
      return {
        outcome: 'ended',
        why: end ?? 'revoked',
        until: link.until,
        issuer: await issuerOf(work, link),
      } as const
    })
    if (ended) return ended
    const behindLink = linkAuthority({ ...link, linkId: link.id }, 'campaign')
    return openWork(behindLink, work => beginSession(work, link, deviceHash))
  })

/** The link itself begins the session: the database lets it in while the link is in force. */
async function beginSession(work: Work, link: Link, deviceHash: Buffer): Promise<LinkOpening> {
  const session = newToken()
  const hours = ruleOn(linkSessionHours, work.today, work)
  await store.insertSession(work, {
    linkId: link.id,
    id: newId(work.now),
    tokenHash: hashToken(session),
    deviceHash,
    endsAt: new Date(work.now.getTime() + hours * 3_600_000),
  })
  const place = link.schoolId ?? link.unitId
  await audit.record(
    work,
    'access-link.opened',
    { kind: 'access-link', id: link.id, ...(place && { unitId: place }) },
    { kind: link.kind },
  )
  return { outcome: 'opened', session }
}

/** What a browser is told of the session that its cookie names. */
export type LinkSessionState =
  | { readonly state: 'open'; readonly session: LinkSession }
  /** The session is over and the link in force: the PIN is asked for again. */
  | { readonly state: 'over' }
  /** The link has ended: what the browser keeps of it goes. */
  | { readonly state: 'ended' }
  /** The link has another PIN: the copy goes; what was tapped waits for the new PIN. */
  | { readonly state: 'pin-changed' }
  /** The cookie is nobody's, or there is none. */
  | { readonly state: 'unknown' }

export const sessionStateOf = (
  openWork: OpenWork,
  kind: LinkKind,
  token: string,
  cookie: string | undefined,
): Promise<LinkSessionState> =>
  openWork(opening, async work => {
    const found =
      cookie === undefined ? undefined : await store.findSessionOf(work, kind, hashOfToken(token), hashToken(cookie))
    if (!found) return { state: 'unknown' }
    if (found.isLinkOver || endOf(found, work.today)) return { state: 'ended' }
    if (found.isPinOld) return { state: 'pin-changed' }
    if (found.isOver) return { state: 'over' }
    const { isLinkOver: _link, isPinOld: _pin, isOver: _over, endedWhy: _why, ...session } = found
    return { state: 'open', session }
  })

/**
 * Whether a neighbour who helps others has the list of their group open in this browser. Asked in a work that sees the
 * house.
 */
export const isHelpersBrowser = (work: Work, device: string): Promise<boolean> =>
  store.isOpenIn(work, 'group', hashToken(device))

/** The session of a cookie at the address of its link, while it lasts. */
export async function findSession(
  openWork: OpenWork,
  kind: LinkKind,
  token: string,
  cookie: string | undefined,
): Promise<LinkSession | undefined> {
  const found = await sessionStateOf(openWork, kind, token, cookie)
  return found.state === 'open' ? found.session : undefined
}
