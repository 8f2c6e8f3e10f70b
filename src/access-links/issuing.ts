import { createHash, randomBytes, randomInt } from 'node:crypto'
import * as audit from '../audit/audit.ts'
import { addDays, beginOf, type Day, dayAfter, dayAt, daysBetween } from '../platform/day.ts'
import { asId, type Id, newId } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import { pepper } from '../platform/sealing/sealing.ts'
import { hashSecret } from '../platform/sealing/secret-hash.ts'
import type { Work } from '../platform/work.ts'
import type { LinkShape } from './contract.ts'
import { longestDays } from './law.ts'
import { endOf, type Link, type LinkEnd, type LinkId, type LinkKind, normalisePin } from './link.ts'
import { accessLinkProblem } from './problems.ts'
import * as store from './store.ts'

/** 132 random bits: 22 signs of an address. */
const newLinkToken = () => randomBytes(17).toString('base64url').slice(0, 22)
const pinDigits = 6
const newPin = () => String(randomInt(0, 10 ** pinDigits)).padStart(pinDigits, '0')

/** By the token as it was presented, whatever was: a stranger's text has a hash, too. */
export const hashOfToken = (presented: string): Buffer => createHash('sha256').update(`link\n${presented}`).digest()

/** What is hashed of a PIN: bound to its link and to the installation's key, since six digits are soon tried out. */
export const pepperedPin = (linkId: string, typed: string): string =>
  pepper('code', `access-link/${linkId}`, normalisePin(typed))

export type PinChoice = { readonly generated: true } | { readonly known: string }

export type LinkOrder = {
  readonly kind: LinkKind
  readonly subjectId: string
  readonly label?: string | undefined
  readonly unitId?: Id<'unit'> | undefined
  readonly schoolId?: Id<'school'> | undefined
  readonly holder?: string | undefined
  readonly until: Day
  readonly pin: PinChoice
  /** Derived by the caller from a code on paper, under the installation’s key; else random. */
  readonly token?: string | undefined
}

/** Token and PIN are told once, to whoever issued the link; the database has hashes of both. */
export type IssuedLink = { readonly id: LinkId; readonly token: string; readonly pin?: string }

/** The instant at which a link ends in truth: its days are the house's, which a demonstration holds still. */
const instantAfter = (work: Work, until: Day): Date =>
  beginOf(dayAfter(addDays(dayAt(work.now), daysBetween(work.today, until))))

async function keepPin(work: Work, id: LinkId, choice: PinChoice): Promise<string | undefined> {
  const pin = 'known' in choice ? choice.known : newPin()
  await store.insertPin(work, id, newId(work.now), await hashSecret(pepperedPin(id, pin)))
  return 'known' in choice ? undefined : pin
}

/** Issues a link; who may is decided by the context of its subject. Throws access-link-day-refused. */
export async function issueLink(work: Work, { pin: choice, ...order }: LinkOrder): Promise<IssuedLink> {
  const days = ruleOn(longestDays, work.today, work)[order.kind]
  const openDays = daysBetween(work.today, order.until)
  if (openDays < 0 || openDays > days) throw accessLinkProblem('access-link-day-refused', { days })
  const id = newId<'access-link'>(work.now)
  const token = order.token ?? newLinkToken()
  const { kind, subjectId, until } = order
  const [unitId, schoolId] = [order.unitId ?? null, order.schoolId ?? null]
  await store.insertLink(work, {
    ...{ id, kind, subjectId, until, unitId, schoolId },
    label: order.label ?? '',
    holder: order.holder?.trim() || null,
    tokenHash: hashOfToken(token),
    untilAt: instantAfter(work, until),
  })
  const pin = await keepPin(work, id, choice)
  await recordOf(work, { id, kind, unitId, schoolId }, 'access-link.issued', { kind, until })
  return { id, token, ...(pin !== undefined && { pin }) }
}

/** A link in sight, locked. Throws access-link-unknown. */
async function getHeld(work: Work, id: LinkId): Promise<Link> {
  const link = await store.holdLink(work, id)
  if (!link) throw accessLinkProblem('access-link-unknown')
  return link
}

/** A link of a kind in sight. Throws access-link-unknown. */
export async function getLink(work: Work, id: LinkId, kind: LinkKind): Promise<Link> {
  const link = await store.findLink(work, id)
  if (link?.kind !== kind) throw accessLinkProblem('access-link-unknown')
  return link
}

/** The same, in force. Throws access-link-unknown, access-link-ended. */
async function getInForce(work: Work, id: LinkId): Promise<Link> {
  const link = await getHeld(work, id)
  if (endOf(link, work.today)) throw accessLinkProblem('access-link-ended')
  return link
}

async function recordOf(
  work: Work,
  { id, unitId, schoolId }: Pick<Link, 'id' | 'kind' | 'unitId' | 'schoolId'>,
  deed: string,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  const place = schoolId ?? unitId
  await audit.record(work, deed, { kind: 'access-link', id, ...(place && { unitId: place }) }, facts)
}

async function endNow(work: Work, link: Link, why: LinkEnd, note?: string): Promise<void> {
  await store.setEnded(work, link.id, why)
  await recordOf(work, link, 'access-link.ended', { kind: link.kind, why, ...(note && { note }) })
}

/** Ends a link because another takes its place. Throws access-link-unknown, access-link-ended. */
export const endRenewed = async (work: Work, id: LinkId): Promise<void> =>
  endNow(work, await getInForce(work, id), 'renewed')

/**
 * Gives a link another address and last day; the old one ends. Its PIN is another, too, unless it is known. Throws
 * access-link-unknown, access-link-day-refused.
 */
export async function renewLink(
  work: Work,
  id: LinkId,
  { until, pin, holder }: { readonly until: Day; readonly pin: PinChoice; readonly holder?: string | undefined },
): Promise<IssuedLink> {
  const link = await getHeld(work, id)
  if (!endOf(link, work.today)) await endNow(work, link, 'renewed')
  return issueLink(work, {
    kind: link.kind,
    subjectId: link.subjectId,
    label: link.label,
    unitId: link.unitId ?? undefined,
    schoolId: link.schoolId ?? undefined,
    holder: holder ?? link.holder ?? undefined,
    ...{ until, pin },
  })
}

/** Another PIN for the same address; sessions that are open are over. Throws access-link-unknown, access-link-ended. */
export async function setNewPin(
  work: Work,
  id: LinkId,
  choice: PinChoice = { generated: true },
): Promise<{ readonly pin?: string }> {
  const link = await getInForce(work, id)
  const pin = await keepPin(work, id, choice)
  await store.setSessionsVoid(work, id)
  await recordOf(work, link, 'access-link.pin-set', { kind: link.kind })
  return pin === undefined ? {} : { pin }
}

/** Ends a link at once. Throws access-link-unknown, access-link-ended. */
export async function revokeLink(work: Work, id: LinkId, why?: string): Promise<void> {
  await endNow(work, await getInForce(work, id), 'revoked', why)
}

/** After a restore: a link that was ended since, or whose PIN was replaced, is ended again. */
export async function endLinkAgain(work: Work, { of }: Pick<audit.JournalLine, 'of'>): Promise<audit.Again> {
  const link = await store.holdLink(work, asId<'access-link'>(of))
  if (!link) return 'unknown'
  if (!link.endedAt) await endNow(work, link, 'revoked')
  return 'again'
}

/** The links of one subject that an officer may see, the latest first; a link has its end where it has one. */
export const linksOf = async (work: Work, kind: LinkKind, subjectId: string): Promise<LinkWithEnd[]> =>
  linksOfAll(work, kind, [subjectId])

export type LinkWithEnd = Link & { readonly end?: LinkEnd }

/** The same of many subjects at once. */
export async function linksOfAll(work: Work, kind: LinkKind, subjectIds: readonly string[]): Promise<LinkWithEnd[]> {
  const links = await store.findLinks(work, kind, subjectIds)
  return links.map(link => {
    const end = endOf(link, work.today)
    return { ...link, ...(end && { end }) }
  })
}

/** A link as officers are shown it. */
export const linkShapeOf = ({ id, holder, until, end, issuedAt, lastOpenedOn }: LinkWithEnd): LinkShape => ({
  id,
  holder: holder ?? '',
  until,
  state: end ?? 'in-force',
  issuedAt: issuedAt.toISOString(),
  ...(lastOpenedOn && { lastOpenedOn }),
})

/** What whoever issued a link is answered: the address in front of the token, and the PIN. */
export const issuedShapeOf = (origin: string, kind: LinkKind, { id, token, pin = '' }: IssuedLink, until: string) => ({
  ...{ id, pin, until },
  address: `${origin}/${kind}/${token}`,
})

/** The link of a token and a subject, while it is in force; asked by the house, which proves the rest by itself. */
export async function findLinkInForce(
  work: Work,
  { kind, token, subjectId }: { readonly kind: LinkKind; readonly token: string; readonly subjectId: string },
): Promise<LinkId | undefined> {
  const link = await store.findByToken(work, kind, hashOfToken(token))
  return link && link.subjectId === subjectId && !endOf(link, work.today) ? link.id : undefined
}
