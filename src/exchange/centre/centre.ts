/**
 * The national centre that this installation answers to. In: the card that the centre gives an operator, with its name,
 * address and public keys. Decided: whether numbers and accounts are decided here or there on a day. Out: our own card,
 * for the centre. Deeds: `centre.joined`, `centre.left`, `centre.key-changed`.
 */

import { createPublicKey } from 'node:crypto'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import * as audit from '../../audit/audit.ts'
import { type LawReference, type Rule, referenceOn, ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { type ExchangeKey, thumbprintOfKey } from '../envelope/envelope.ts'
import { type ExchangeKeys, publicHalf } from '../envelope/keys.ts'
import { type Delegation, delegatedAccounts, delegatedNumbers, keyOverlapDays } from '../law.ts'
import { exchangeProblem } from '../problems.ts'
import { AnswerFault } from '../question.ts'
import * as store from './store.ts'

export type { JoinedCentre } from './store.ts'

const Key = Type.Object(
  {
    kty: Type.Literal('EC'),
    crv: Type.Literal('P-256'),
    x: Type.String({ pattern: '^[\\w-]{43}$' }),
    y: Type.String({ pattern: '^[\\w-]{43}$' }),
  },
  { additionalProperties: false },
)

/** What one side tells the other once, by hand: who it is, where it is reached, and its public keys. */
const CardShape = Type.Object(
  {
    exchange: Type.Literal(1),
    party: Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$' }),
    address: Type.Optional(Type.String({ maxLength: 300 })),
    sign: Key,
    open: Key,
  },
  { additionalProperties: false },
)
export type ExchangeCard = {
  readonly exchange: 1
  readonly party: string
  readonly address?: string
  readonly sign: ExchangeKey
  readonly open: ExchangeKey
}

/** Our own card. */
export const cardOf = (party: string, keys: ExchangeKeys): ExchangeCard => ({
  exchange: 1,
  party,
  sign: publicHalf(keys.sign),
  open: publicHalf(keys.open),
})

/** An address to which bundles may be posted: https, or this machine. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password, hash, search } = new URL(text)
  if (username || password || hash || search) return false
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
}

/**
 * Joins this installation to a centre by its card. The operator compares the fingerprint with what the centre gave on
 * paper. A new card of the same centre takes the place of the former. Throws centre-card-refused, centre-joined.
 */
export async function joinCentre(work: Work, installationId: string, card: unknown): Promise<store.JoinedCentre> {
  if (!Value.Check(CardShape, card)) throw exchangeProblem('centre-card-refused')
  if (card.address !== undefined && !isAddress(card.address)) throw exchangeProblem('centre-card-refused')
  if (card.party === installationId) throw exchangeProblem('centre-card-refused')
  const former = await store.holdCentre(work)
  if (former && former.id !== card.party) throw exchangeProblem('centre-joined', { centre: former.id })
  if (former) await store.endCentre(work)
  const centre: store.JoinedCentre = {
    id: card.party,
    address: card.address?.replace(/\/$/, '') ?? '',
    sign: card.sign,
    open: card.open,
    fingerprint: thumbprintOfKey(card.sign),
    formerSign: null,
    formerUntil: null,
  }
  await store.insertCentre(work, centre)
  const facts = { centre: centre.id, address: centre.address, fingerprint: centre.fingerprint }
  await audit.record(work, 'centre.joined', { kind: 'installation', id: installationId }, facts)
  return centre
}

/** Ends that. What waits for the centre goes on waiting. Throws centre-not-joined. */
export async function leaveCentre(work: Work, installationId: string): Promise<void> {
  const centre = await store.holdCentre(work)
  if (!centre) throw exchangeProblem('centre-not-joined')
  await store.endCentre(work)
  await audit.record(work, 'centre.left', { kind: 'installation', id: installationId }, { centre: centre.id })
}

export const findCentre: (work: Work) => Promise<store.JoinedCentre | undefined> = store.findCentre

/** Throws centre-not-joined. */
export async function getCentre(work: Work): Promise<store.JoinedCentre> {
  const centre = await store.findCentre(work)
  if (!centre) throw exchangeProblem('centre-not-joined')
  return centre
}

/** The joined centre, and the keys whose envelopes are taken now: its own, and for some days the one before. */
export async function findSigners(
  work: Work,
): Promise<{ readonly centre: store.JoinedCentre; readonly signers: readonly ExchangeKey[] } | undefined> {
  const centre = await store.findCentre(work)
  if (!centre) return undefined
  const { sign, formerSign, formerUntil } = centre
  const counts = formerSign && formerUntil && work.now < formerUntil
  return { centre, signers: counts ? [sign, formerSign] : [sign] }
}

const millisecondsOfDay = 24 * 3600 * 1000

const RotationBody = Type.Object({ sign: Key }, { additionalProperties: false })

/** A key that is on the curve: another one would leave nobody whose envelopes are taken. */
function isUsable(key: ExchangeKey): boolean {
  try {
    createPublicKey({ key: publicHalf(key), format: 'jwk' })
    return true
  } catch {
    return false
  }
}

/**
 * The centre announces its next key, signed with the key of now: the former one announces nothing any more. Throws an
 * AnswerFault.
 */
export async function acceptCentreKey(
  work: Work,
  installationId: string,
  body: unknown,
  signer: ExchangeKey,
): Promise<void> {
  if (!Value.Check(RotationBody, body) || !isUsable(body.sign)) throw new AnswerFault('answer-malformed')
  const centre = await store.holdCentre(work)
  if (!centre || thumbprintOfKey(signer) !== centre.fingerprint) throw new AnswerFault('rotation-by-former-key')
  const fingerprint = thumbprintOfKey(body.sign)
  if (fingerprint === centre.fingerprint) return
  const until = new Date(work.now.getTime() + ruleOn(keyOverlapDays, work.today, work) * millisecondsOfDay)
  await store.setSigningKey(work, { sign: body.sign, fingerprint, formerUntil: until })
  await audit.record(
    work,
    'centre.key-changed',
    { kind: 'installation', id: installationId },
    { centre: centre.id, fingerprint, former: centre.fingerprint, formerUntil: until.toISOString() },
  )
}

const ruleOf = { numbers: delegatedNumbers, accounts: delegatedAccounts } as const
export type DecidedThing = keyof typeof ruleOf

/** What the rule of the day says of who decides. */
export const delegationOf = (work: Work, what: DecidedThing): Delegation =>
  ruleOn(ruleOf[what] as Rule<Delegation>, work.today, work)

/** The row of that rule. */
export const delegationLaw = (work: Work, what: DecidedThing): LawReference =>
  referenceOn(ruleOf[what], work.today, work)

/** Whether numbers or accounts are decided here today; else they are handed up. */
export async function isDecidedHere(work: Work, what: DecidedThing): Promise<boolean> {
  const said = delegationOf(work, what)
  return said === 'unsaid' ? (await store.findCentre(work)) === undefined : said === 'delegated'
}
